// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.testing.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The sample suite's post-mortem, and that of a query for which {@code /dev/shm} is too small. */
@Isolated("what a killed server leaves must be seen by a sample before")
class EmbeddedPostgresIT {
  @TempDir Path folder;
  private Namespace namespace;

  @BeforeEach
  void open() throws Exception {
    namespace = Namespace.open(4096, "64m");
    Assumptions.assumeTrue(namespace != null, "this user may not make an IPC namespace");
  }

  @AfterEach
  void close() {
    if (namespace != null) {
      namespace.close();
    }
  }

  @Test
  void the_forgotten_and_the_killed_server_are_named_and_the_closed_one_is_not() throws Exception {
    JsonNode report = report(0);
    JsonNode verdict = report.get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("leak");
    assertThat(verdict.get("headline").asText())
        .isEqualTo(
            "ForgottenServerTest.is_forgotten() kept a PostgreSQL server running (+1 more).");
    assertThat(verdict.get("evidence").toString())
        .contains("ForgottenServerTest.is_forgotten() kept a PostgreSQL server running for")
        .contains("KilledServerTest.is_killed() left a System V segment and 2 files in /dev/shm")
        .doesNotContain("ClosedServerTest");
    assertThat(findings(report)).isEqualTo(Set.of("process.outlives-test", "shm.orphans"));
    assertThat(test(report, "is_closed()").get("shared").get("retainedBytes").asLong()).isZero();
    assertThat(test(report, "is_killed()").get("leaks")).hasSize(3);
    // 16 MiB of shared buffers, and what else PostgreSQL keeps beside them.
    assertThat(test(report, "is_forgotten()").get("shared").get("retainedBytes").asLong())
        .isBetween(16L << 20, 40L << 20);
    assertThat(servers(report)).as("servers that are tied to a test").hasSize(3);
  }

  @Test
  void a_query_that_finds_dev_shm_full_is_named_without_its_literals() throws Exception {
    JsonNode report = report(1, "ParallelQueryTest");
    JsonNode verdict = report.get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("shm-exhausted");
    assertThat(verdict.get("headline").asText())
        .contains("/dev/shm (64.0 MiB) was full, not the disk");
    assertThat(verdict.get("evidence").toString())
        .contains("select count(*), max(b.note) from orders a join orders b")
        .contains("ParallelQueryTest.joins_in_parallel() was refused");
    assertThat(report.toString()).doesNotContain("secret-literal");
    assertThat(findings(report)).contains("shm.exhausted");
  }

  private JsonNode report(int status, String... tests) throws Exception {
    Path runs = folder.resolve("runs");
    Path log = folder.resolve("suite.log");
    List<String> command = new ArrayList<>(List.of(java()));
    command.add("-javaagent:" + System.getProperty("memreport.agent.jar") + "=out=" + runs);
    command.addAll(List.of("-jar", System.getProperty("memreport.sample.jar")));
    command.addAll(List.of(tests));
    assertThat(namespace.run(command, log).start().waitFor())
        .as(Files.readString(log))
        .isEqualTo(status);
    return new ObjectMapper().readTree(Command.analyze(runs, folder.resolve("report")));
  }

  private static Set<String> findings(JsonNode report) {
    Set<String> ids = new TreeSet<>();
    report.get("findings").forEach(finding -> ids.add(finding.get("id").asText()));
    return ids;
  }

  private static JsonNode test(JsonNode report, String name) {
    for (JsonNode test : report.get("tests")) {
      if (test.get("displayName").asText().equals(name)) {
        return test;
      }
    }
    throw new AssertionError("no test " + name);
  }

  private static Set<String> servers(JsonNode report) {
    Set<String> folders = new TreeSet<>();
    for (JsonNode process : report.get("processes")) {
      if (process.get("postmaster").asBoolean() && !process.get("test").isNull()) {
        folders.add(process.get("folder").asText());
      }
    }
    return folders;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
