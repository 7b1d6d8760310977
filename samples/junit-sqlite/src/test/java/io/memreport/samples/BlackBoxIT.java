// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.testing.Command;
import java.io.BufferedReader;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JVMs that get a SIGKILL at any moment of a busy suite. What each thread ran is compared with the
 * threads' own account. {@code -Dmemreport.kills=200} for more of them.
 */
class BlackBoxIT {
  private static final int KILLS = Integer.getInteger("memreport.kills", 16);
  private static final int LATEST_KILL_MILLIS = 1500;
  private static final long SAMPLE_MILLIS = 50;

  /** Between two tests the thread runs what belongs to their class. */
  private static final String FIXTURE = "the fixtures of the class";

  /** A killed JVM, and the account of its threads. */
  private record Killed(long pid, ByteBuffer marks) {}

  @TempDir private Path folder;

  @Test
  void tells_what_ran_when_the_kill_came() throws Exception {
    List<Killed> killed = kill();
    JsonNode report = analyze();
    Map<Long, JsonNode> runs = new HashMap<>();
    report.get("runs").forEach(run -> runs.put(run.get("pid").asLong(), run));
    assertThat(runs).hasSize(KILLS);
    assertThat(report.at("/quality/notes").toString()).doesNotContain("black box");
    int exact = 0;
    List<String> late = new ArrayList<>();
    for (Killed one : killed) {
      JsonNode run = runs.get(one.pid());
      assertThat(run.get("ending").asText()).isEqualTo("killed");
      if (lateness(one, run) > 2 * SAMPLE_MILLIS) {
        late.add("last sample " + lateness(one, run) + " ms before the end of " + run);
      }
      for (int lane = 0; lane < BusyProgram.LANES; lane++) {
        exact += check(report, run.get("id").asText(), lane, Lane.of(one.marks(), lane));
      }
    }
    assertThat(late).isEmpty();
    // Most of the time a query runs, so that few kills fall beside one.
    assertThat(exact).isGreaterThan(KILLS * BusyProgram.LANES / 2);
  }

  /** Age of the last sample in ms, less what this machine itself was late at worst. */
  private static long lateness(Killed killed, JsonNode run) {
    long killedAt = killed.marks().getLong(BusyProgram.NOW);
    long sampledAt = Instant.parse(run.get("endedAt").asText()).toEpochMilli();
    long pending = killedAt - killed.marks().getLong(BusyProgram.PROBED) - SAMPLE_MILLIS;
    long late = Math.max(killed.marks().getLong(BusyProgram.LATEST_MILLIS), pending);
    return killedAt - sampledAt - late;
  }

  /** 1 if a query ran for sure and was named, 0 if the kill fell beside one. */
  private static int check(JsonNode report, String runId, int lane, Lane own) {
    JsonNode thread = null;
    for (JsonNode live : report.get("liveThreads")) {
      if (live.get("runId").asText().equals(runId)
          && live.get("name").asText().equals("busy-" + lane)) {
        thread = live;
      }
    }
    assertThat(thread).as("busy-" + lane).isNotNull();
    assertThat(thread.get("osThreadId").isNumber()).isTrue();
    assertThat(thread.get("comm").asText()).isEqualTo("busy-" + lane);
    long test = own.number(Lane.TEST);
    String shown = test(report, thread.get("testId").asText(), lane);
    if (own.runs(Lane.TEST)) {
      assertThat(shown).isEqualTo(name(test));
    } else {
      assertThat(shown).isIn(name(test), name(test + 1), FIXTURE, null);
    }
    long query = own.number(Lane.QUERY);
    String sql = thread.get("sql").isNull() ? null : thread.get("sql").asText();
    if (own.runs(Lane.QUERY)) {
      assertThat(sql).endsWith(" as q" + query % BusyProgram.TEXTS);
      assertThat(thread.get("runningNanos").asLong()).isNotNegative();
      return 1;
    }
    // Otherwise the driver's own, which it runs when it opens a connection.
    if (sql != null && sql.contains("query_begins")) {
      assertThat(sql.substring(sql.lastIndexOf(' ') + 1))
          .isIn("q" + query % BusyProgram.TEXTS, "q" + (query + 1) % BusyProgram.TEXTS);
    }
    return 0;
  }

  private static String name(long repetition) {
    return "repetition " + repetition + " of 1000000";
  }

  private static String test(JsonNode report, String id, int lane) {
    for (JsonNode test : report.get("tests")) {
      if (test.get("id").asText().equals(id)) {
        assertThat(test.get("status").asText()).isEqualTo("running-at-end");
        assertThat(test.get("className").asText()).endsWith("$Suite" + lane);
        return test.get("kind").asText().equals("fixture")
            ? FIXTURE
            : test.get("displayName").asText();
      }
    }
    return null;
  }

  private List<Killed> kill() throws Exception {
    Random random = new Random();
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      List<Future<Killed>> killed = new ArrayList<>();
      for (int i = 0; i < KILLS; i++) {
        Path marks = folder.resolve("marks-" + i);
        int millis = random.nextInt(LATEST_KILL_MILLIS);
        killed.add(two.submit(() -> kill(marks, millis)));
      }
      List<Killed> all = new ArrayList<>();
      for (Future<Killed> one : killed) {
        all.add(one.get());
      }
      return all;
    } finally {
      two.shutdownNow();
    }
  }

  private Killed kill(Path marks, int millis) throws Exception {
    Path errors = Path.of(marks + ".stderr");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-javaagent:"
                    + System.getProperty("memreport.agent.jar")
                    + "=sample="
                    + SAMPLE_MILLIS
                    + "ms,out="
                    + folder.resolve("recordings"),
                "-cp",
                System.getProperty("memreport.sample.jar")
                    + File.pathSeparator
                    + Path.of("target/test-classes"),
                BusyProgram.class.getName(),
                marks.toString())
            .redirectError(errors.toFile())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      Thread.sleep(millis);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(errors).content().doesNotContain("memreport:");
    return new Killed(process.pid(), Lane.open(marks, BusyProgram.LANES));
  }

  private JsonNode analyze() throws Exception {
    return new ObjectMapper()
        .readTree(Command.analyze(folder.resolve("recordings"), folder.resolve("report")));
  }
}
