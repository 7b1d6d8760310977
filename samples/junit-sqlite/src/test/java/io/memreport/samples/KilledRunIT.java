// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM that gets a real SIGKILL in the middle of a test still tells what it was doing. */
class KilledRunIT {
  /** Totals are written once a second, and JFR flushes once a second: these have both. */
  private static final int FLUSHES = 4;

  static Stream<Path> javaHomes() throws IOException {
    return PostMortemIT.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void names_the_test_that_ran_and_what_it_held(Path javaHome, @TempDir Path folder)
      throws Exception {
    Path recordings = folder.resolve("recordings");
    kill(javaHome, recordings);
    for (Path reader : javaHomes().toList()) {
      JsonNode report = analyze(reader, recordings, folder.resolve("report"));
      assertThat(report.at("/verdict/kind").asText()).isEqualTo("killed");
      assertThat(report.at("/verdict/headline").asText())
          .contains("SlowProgram$Suite.never_ends()");
      assertThat(report.at("/verdict/missing").toString()).contains("journalctl -k");
      assertThat(report.at("/runs/0/ending").asText()).isEqualTo("killed");
      JsonNode test = find(report.get("tests"), "displayName", "never_ends()");
      assertThat(test.get("status").asText()).isEqualTo("running-at-end");
      assertThat(test.at("/sqlite/retainedBytes").asLong()).isGreaterThan(SlowProgram.BLOB);
      JsonNode insert =
          find(report.get("queries"), "sql", "insert into pictures values (randomblob(?))");
      assertThat(insert.at("/sqlite/peakBytes").asLong()).isGreaterThan(SlowProgram.BLOB);
      assertThat(report.at("/runs/0/memoryAtEnd/sqliteBytes").asLong())
          .isGreaterThan(SlowProgram.BLOB);
    }
  }

  private static void kill(Path javaHome, Path recordings) throws Exception {
    Process process =
        new ProcessBuilder(
                javaHome.resolve("bin/java").toString(),
                "-javaagent:" + System.getProperty("memreport.agent.jar") + "=out=" + recordings,
                "-cp",
                System.getProperty("memreport.sample.jar")
                    + File.pathSeparator
                    + Path.of("target/test-classes"),
                SlowProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      awaitFlushes(process, recordings);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void awaitFlushes(Process process, Path recordings) throws Exception {
    long flushed = flushed(recordings);
    for (int flushes = 0; flushes < FLUSHES; ) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(50);
      long now = flushed(recordings);
      flushes += now == flushed ? 0 : 1;
      flushed = now;
    }
  }

  /** Bytes that JFR has written. */
  private static long flushed(Path recordings) throws IOException {
    try (Stream<Path> files = Files.walk(recordings)) {
      return files
          .filter(file -> file.toString().endsWith(".jfr"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static JsonNode analyze(Path javaHome, Path recordings, Path report) throws Exception {
    Process process =
        new ProcessBuilder(
                javaHome.resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("memreport.cli.jar"),
                "analyze",
                recordings.toString(),
                "--quiet",
                "-o",
                report.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    return new ObjectMapper().readTree(report.resolve("report.json").toFile());
  }

  private static JsonNode find(JsonNode rows, String field, String value) {
    List<JsonNode> found =
        StreamSupport.stream(rows.spliterator(), false)
            .filter(row -> row.get(field).asText().equals(value))
            .toList();
    assertThat(found).as(field + " " + value).hasSize(1);
    return found.get(0);
  }
}
