// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.testing.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The incident, on real servers: shards fill 32 ids, one is killed and so are two of its servers,
 * and the next one can't start. What was left is told apart, and only what is dead is removed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SharedMemoryRunsOutIT {
  private static final int IDS = 32;

  /** Made by programs that are gone, before any of our runs. */
  private static final int EARLIER = 24;

  private static final long LEAST_AGE_MILLIS = 62_000;
  private static final String AGENT = System.getProperty("memreport.agent.jar");
  private static final String COMMAND = System.getProperty("memreport.cli.jar");
  private static final String SAMPLE = System.getProperty("memreport.sample.jar");

  @TempDir static Path folder;

  private static Namespace namespace;
  private static Process keeper;
  private static BufferedReader kept;
  private static Set<String> orphans;
  private static Set<String> abandoned;
  private static final List<ProcessHandle> servers = new ArrayList<>();
  private static long orphanedAt;
  private static JsonNode report;

  @BeforeAll
  static void fill() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/nsenter")), "no nsenter on this machine");
    namespace = Namespace.open(IDS, "256m");
    Assumptions.assumeTrue(namespace != null, "this user may not make an IPC namespace");
    for (int i = 0; i < EARLIER; i++) {
      run("ipcmk", "-M", "4096");
    }
    keeper =
        namespace
            .run(
                List.of(
                    java(),
                    "-cp",
                    SAMPLE + ":" + Path.of("target/test-classes").toAbsolutePath(),
                    "postgres.Keeper"),
                null)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectErrorStream(false)
            .start();
    kept = keeper.inputReader(StandardCharsets.UTF_8);
    assertThat(kept.readLine()).isEqualTo("ready");
    Set<String> before = ids();
    killedShard();
    orphanedAt = System.currentTimeMillis();
    orphans = new TreeSet<>(before);
    orphans.removeAll(List.of(keptId()));
    JsonNode list = list();
    abandoned = new TreeSet<>();
    for (JsonNode segment : list.get("segments")) {
      if (segment.get("kind").asText().equals("sysv") && !before.contains(id(segment))) {
        (segment.get("attached").asLong() > 0 ? abandoned : orphans).add(id(segment));
      }
    }
    report = refusedShard();
  }

  /** Four servers; the JVM is killed, and two of its servers are. */
  private static void killedShard() throws Exception {
    Path ready = Files.createDirectory(folder.resolve("ready"));
    Process shard = shard("killed", "-Dshard.stay=300000", "-Dshard.ready=" + ready);
    while (count(ready) < 4) {
      assertThat(shard.isAlive()).as(log("killed")).isTrue();
      Thread.sleep(100);
    }
    // What was recorded is on disk each second.
    Thread.sleep(2500);
    shard.destroyForcibly().waitFor();
    try (Stream<Path> files = Files.list(ready)) {
      for (Path file : files.sorted().toList()) {
        servers.add(ProcessHandle.of(Long.parseLong(Files.readString(file))).orElseThrow());
      }
    }
    servers.subList(0, 2).forEach(ProcessHandle::destroyForcibly);
    Thread.sleep(2000);
  }

  private static JsonNode refusedShard() throws Exception {
    Process shard = shard("refused");
    assertThat(shard.waitFor()).as(log("refused")).isEqualTo(1);
    return new ObjectMapper().readTree(Command.analyze(runs(), folder.resolve("report")));
  }

  @AfterAll
  static void end() throws Exception {
    if (keeper != null) {
      keeper.getOutputStream().close();
      keeper.waitFor();
    }
    if (namespace != null) {
      // Of the killed shard, if the test that stops them did not come so far.
      servers.forEach(ProcessHandle::destroyForcibly);
      namespace.close();
    }
  }

  @Test
  @Order(1)
  void the_report_says_what_ran_out() {
    JsonNode verdict = report.get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("shm-exhausted");
    assertThat(verdict.get("cause").asText()).isEqualTo("shared-memory");
    assertThat(verdict.get("confidence").asText()).isEqualTo("certain");
    assertThat(verdict.get("headline").asText()).contains("not the disk", "32 of 32 System V ids");
    assertThat(verdict.get("evidence").toString())
        .contains(orphans.size() + " are orphans", "2 are held by abandoned servers")
        .contains("ShardTest.starts_a_server server 4 was refused");
    assertThat(findings()).contains("shm.exhausted", "shm.orphans", "shm.ids-near-limit");
  }

  @Test
  @Order(2)
  void the_report_names_orphans_and_abandoned_servers_with_their_tests() {
    assertThat(states("orphan")).isEqualTo(orphans);
    assertThat(states("abandoned-server")).isEqualTo(abandoned);
    for (JsonNode segment : report.get("shared").get("segments")) {
      boolean ofShard = abandoned.contains(id(segment)) && isSysv(segment);
      if (ofShard) {
        assertThat(testName(segment.get("test").asText())).startsWith("server ");
      }
    }
    assertThat(report.get("shared").get("limits").get("shmmni").asInt()).isEqualTo(IDS);
    assertThat(report.get("shared").get("limits").get("idsPeak").asInt()).isEqualTo(IDS);
  }

  @Test
  @Order(3)
  void the_list_agrees_and_cleaning_frees_the_orphans_and_nothing_else() throws Exception {
    // The age that an orphan must have at least.
    Thread.sleep(Math.max(0, orphanedAt + LEAST_AGE_MILLIS - System.currentTimeMillis()));
    JsonNode list = list();
    assertThat(listed(list, "orphan")).isEqualTo(orphans);
    assertThat(listed(list, "abandoned-server")).isEqualTo(abandoned);
    Set<String> before = ids();
    assertThat(memreport("shm", "clean")).isEqualTo(1);
    assertThat(ids()).as("a dry run").isEqualTo(before);
    assertThat(memreport("shm", "clean", "--yes")).as("servers remain").isEqualTo(1);
    Set<String> left = new TreeSet<>(before);
    left.removeAll(orphans);
    assertThat(ids()).isEqualTo(left).containsAll(abandoned).contains(keptId());
    keeper.getOutputStream().write('\n');
    keeper.getOutputStream().flush();
    assertThat(kept.readLine()).isEqualTo("500500");
  }

  @Test
  @Order(4)
  void abandoned_servers_are_stopped_when_asked_for_and_the_next_run_starts() throws Exception {
    assertThat(memreport("shm", "clean", "--yes", "--stop-servers")).as(log("shm")).isZero();
    assertThat(ids()).isEqualTo(Set.of(keptId()));
    Process next = suite("next", "ClosedServerTest");
    assertThat(next.waitFor()).as(log("next")).isZero();
    keeper.getOutputStream().write('\n');
    keeper.getOutputStream().flush();
    assertThat(kept.readLine()).isEqualTo("500500");
  }

  private static Set<String> findings() {
    Set<String> ids = new TreeSet<>();
    report.get("findings").forEach(finding -> ids.add(finding.get("id").asText()));
    return ids;
  }

  private static Set<String> states(String state) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode segment : report.get("shared").get("segments")) {
      if (isSysv(segment) && segment.get("state").asText().equals(state)) {
        ids.add(id(segment));
      }
    }
    return ids;
  }

  private static String testName(String id) {
    for (JsonNode test : report.get("tests")) {
      if (test.get("id").asText().equals(id)) {
        return test.get("displayName").asText();
      }
    }
    return "";
  }

  private static Set<String> listed(JsonNode list, String state) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode segment : list.get("segments")) {
      if (isSysv(segment) && segment.get("state").asText().equals(state)) {
        ids.add(id(segment));
      }
    }
    return ids;
  }

  private static boolean isSysv(JsonNode segment) {
    return segment.get("kind").asText().equals("sysv");
  }

  private static String id(JsonNode segment) {
    return segment.get("id").asText();
  }

  private static String keptId() throws Exception {
    for (JsonNode segment : list().get("segments")) {
      JsonNode server = segment.get("server");
      if (server != null
          && server.get("dataDirectory") != null
          && server.get("dataDirectory").asText().contains("/" + keeper.pid() + "-")) {
        return id(segment);
      }
    }
    throw new AssertionError("the kept server has no segment");
  }

  private static JsonNode list() throws Exception {
    Path log = folder.resolve("list.json");
    Process list =
        namespace
            .run(List.of(java(), "-jar", COMMAND, "shm", "list", "--json"), log)
            .redirectErrorStream(false)
            .start();
    assertThat(list.waitFor()).isZero();
    return new ObjectMapper().readTree(log.toFile());
  }

  /** As the kernel has them. */
  private static Set<String> ids() throws Exception {
    Set<String> ids = new TreeSet<>();
    Path log = folder.resolve("ipcs.txt");
    namespace.run(List.of("cat", "/proc/sysvipc/shm"), log).start().waitFor();
    for (String line : Files.readAllLines(log)) {
      String[] fields = line.strip().split(" +");
      if (!fields[0].equals("key")) {
        ids.add(fields[1]);
      }
    }
    return ids;
  }

  private static int memreport(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(java(), "-jar", COMMAND));
    command.addAll(List.of(arguments));
    return namespace.run(command, folder.resolve("shm.log")).start().waitFor();
  }

  private static void run(String... command) throws Exception {
    assertThat(namespace.run(List.of(command), folder.resolve("run.log")).start().waitFor())
        .as(log("run"))
        .isZero();
  }

  private static Process shard(String name, String... options) throws IOException {
    return start(name, "ShardTest", options);
  }

  private static Process suite(String name, String test) throws IOException {
    return start(name, test);
  }

  private static Process start(String name, String test, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(java(), "-javaagent:" + AGENT + "=out=" + runs()));
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", SAMPLE, test));
    return namespace.run(command, folder.resolve(name + ".log")).start();
  }

  private static Path runs() {
    return folder.resolve("runs");
  }

  private static long count(Path ready) throws IOException {
    try (Stream<Path> files = Files.list(ready)) {
      return files.filter(file -> file.toFile().length() > 0).count();
    }
  }

  private static String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
