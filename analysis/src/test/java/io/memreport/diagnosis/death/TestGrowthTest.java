// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Quality;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.TestStatus;
import io.memreport.model.Timeline;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who holds what grew: one sample a second, from second 0 on. */
class TestGrowthTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Run RUN =
      new Run("run", 1L, START, null, Ending.KILLED, null, null, RunContext.NONE);

  private final List<TestResult> tests = new ArrayList<>();
  private final List<TestSpan> spans = new ArrayList<>();

  @Test
  void what_grew_after_a_test_is_not_its_own() {
    over("prices", 0, 2);
    running("sort", 2);
    assertThat(grown(10L, 15L, 20L, 100L, 200L))
        .containsExactly(tuple("sort", 180L), tuple("prices", 10L));
  }

  @Test
  void a_test_that_is_over_holds_no_more_than_it_left() {
    over("garbage", 0, 2);
    running("sort", 2);
    assertThat(grown(10L, 400L, 500L, 30L, 60L, 50L)).containsExactly(tuple("garbage", 20L));
  }

  @Test
  void a_test_of_which_all_went_holds_nothing() {
    over("garbage", 0, 1);
    assertThat(grown(10L, 500L, 10L)).isEmpty();
  }

  @Test
  void a_test_whose_end_is_unknown_is_not_blamed() {
    tests.add(result("lost", TestStatus.UNKNOWN, null));
    spans.add(new TestSpan("lost", "run", START, START.plusSeconds(4)));
    running("sort", 2);
    assertThat(grown(10L, 15L, 20L, 100L, 200L)).containsExactly(tuple("sort", 180L));
  }

  @Test
  void a_figure_that_is_unknown_now_and_then_changes_nothing() {
    over("prices", 0, 1);
    assertThat(grown(10L, 25L, null, 30L)).containsExactly(tuple("prices", 15L));
  }

  private void over(String id, int from, int to) {
    long nanos = Duration.ofSeconds(to - from).toNanos();
    tests.add(result(id, TestStatus.PASSED, nanos));
    spans.add(new TestSpan(id, "run", START.plusSeconds(from), START.plusSeconds(to)));
  }

  private void running(String id, int from) {
    tests.add(result(id, TestStatus.RUNNING_AT_END, null));
    spans.add(new TestSpan(id, "run", START.plusSeconds(from), null));
  }

  private static TestResult result(String id, TestStatus status, Long nanos) {
    return new TestResult(
        id,
        "run",
        "test",
        "T",
        id,
        id,
        status,
        START,
        nanos,
        1,
        new HeapUse(null, null),
        new NativeUse(null, null, null),
        new SharedUse(null, null, null),
        List.of(),
        List.of(),
        null);
  }

  private List<org.assertj.core.groups.Tuple> grown(Long... sqlite) {
    List<MemorySample> samples = new ArrayList<>();
    for (int second = 0; second < sqlite.length; second++) {
      samples.add(sample(START.plusSeconds(second), sqlite[second]));
    }
    Facts facts =
        Facts.of(
            List.of(RUN),
            tests,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Quality(null, 0, List.of()),
            new Timeline(samples, spans),
            Map.of());
    return TestGrowth.of(facts, RUN, MemorySample::sqliteBytes).stream()
        .map(growth -> tuple(growth.test().id(), growth.bytes()))
        .toList();
  }

  private static MemorySample sample(Instant at, Long sqlite) {
    return new MemorySample(
        "run", at, null, null, null, null, null, sqlite, null, null, null, null, null, null, null,
        null, null, null, null);
  }
}
