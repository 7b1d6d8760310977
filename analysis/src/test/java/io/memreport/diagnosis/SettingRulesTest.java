// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.JvmLimits;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.Timeline;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Finding;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingRulesTest {
  private static final long MIB = 1 << 20;
  private static final long MACHINE = 16_000 * MIB;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void a_heap_that_fits_is_no_finding() {
    assertThat(examine(180 * MIB, 256 * MIB)).isEmpty();
  }

  @Test
  void a_heap_that_does_not_fit_beside_the_rest_is_one_with_the_option_that_would() {
    assertThat(examine(230 * MIB, 256 * MIB))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("jvm.heap-above-limit");
              assertThat(finding.advice()).startsWith("Set -Xmx180m or less");
              assertThat(finding.evidence()).contains("40.0 MiB to 50.0 MiB");
            });
  }

  @Test
  void without_a_limit_no_heap_is_too_large() {
    assertThat(examine(900 * MIB, null)).isEmpty();
  }

  @Test
  void a_quarter_of_the_machine_above_the_limit_is_a_container_that_was_not_seen() {
    assertThat(examine(MACHINE / 4, 256 * MIB))
        .extracting(Finding::id)
        .containsExactly("jvm.container-not-seen");
  }

  private static List<Finding> examine(long maxHeap, Long limit) {
    JvmLimits limits = new JvmLimits(maxHeap, 0L, MIB, false, false, null, null);
    RunContext context =
        new RunContext(null, "17.0.15", "/ci", "v2", MACHINE, null, null, null, limits, null);
    Run run = new Run("run", 1L, NOON, NOON, Role.TEST_FORK, Ending.CLEAN, limit, null, context);
    List<MemorySample> samples = List.of(sample(0, 50 * MIB), sample(1, 60 * MIB));
    Facts facts =
        Facts.builder().runs(List.of(run)).timeline(new Timeline(samples, List.of())).build();
    return Rules.OF_SETTINGS.stream().flatMap(rule -> rule.examine(facts).stream()).toList();
  }

  private static MemorySample sample(int second, long rss) {
    return new MemorySample(
        "run",
        NOON.plusSeconds(second),
        rss,
        10 * MIB,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
