// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Forks of a real build, one of which the kernel kills for all: which, by whom, and what to do. */
@Isolated("on a slow machine fewer forks come as far as to be too many")
class ParallelOomIT {
  private static final int FORKS = 4;
  private static final List<String> HUNGRY =
      List.of(
          "BulkImportPerformanceTest.imports_a_day_of_deliveries()",
          "PhotoUploadPerformanceTest.receives_photos_at_once()",
          "StockReportPerformanceTest.sorts_all_movements()");

  @Test
  void the_kernel_kills_a_fork_that_would_fit_alone() throws Exception {
    DeadRun run = SurefireForks.run();
    assertThat(run.exitCodes()).containsExactly(1);
    assertThat(Files.readString(run.console()))
        .contains("terminated without properly saying goodbye")
        .contains("Process Exit Code: 137");
    KillText kill = KillText.of(run);
    assertThat(kill.tellsOfAKill()).isTrue();
    assertThat(kill.victimAnonBytes()).allMatch(bytes -> bytes < SurefireForks.LIMIT / 2);
    assertThat(kill.jvms()).as("Maven and its forks").isEqualTo(1 + FORKS);
    try (Stream<Path> runs = Files.list(run.runs())) {
      assertThat(runs).hasSize(FORKS);
    }
  }

  @Test
  void the_post_mortem_blames_the_sum() throws Exception {
    DeadRun run = SurefireForks.run();
    JsonNode report = PostMortem.of(run, run.kernelLog(), run.console());
    JsonNode verdict = report.get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("oom-kill");
    assertThat(verdict.get("killer").asText()).isEqualTo("kernel-memcg");
    assertThat(verdict.get("cause").asText()).isEqualTo("parallel-forks");
    assertThat(verdict.get("confidence").asText()).isEqualTo("certain");
    assertThat(rows(report.get("runs")).map(fork -> fork.get("ending").asText()))
        .hasSize(FORKS)
        .contains("killed");
    assertThat(rows(verdict.get("culprits")).map(culprit -> culprit.get("name").asText()))
        .as("on a slow machine two of them are too many already")
        .hasSizeGreaterThanOrEqualTo(2)
        .isSubsetOf(HUNGRY);
    assertThat(verdict.get("headline").asText())
        .containsPattern("4 (forks|JVMs)")
        .contains("640 MiB");
    // Two of the hungry tests and the build fit; three do not.
    assertThat(verdict.toString()).containsPattern("\\b(2|two)\\b[^.;]* fit");
    assertThat(verdict.get("evidence").toString()).contains("crossed the line");
  }

  private static Stream<JsonNode> rows(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
