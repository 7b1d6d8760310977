// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.jfr.AllocationSample;
import io.memreport.model.memory.Allocation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllocationRowsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String LINE = "shop.Cache.put:42";

  private final AllocationRows rows = new AllocationRows();
  private final Map<Long, Long> known = new HashMap<>();

  /** Test 1 runs on thread 7 from noon on, test 2 a second later. */
  private final TestThreads tests =
      new TestThreads(
          List.of(
              new TestThreads.Ran(1, 0, 7, NOON, NOON.plusMillis(999)),
              new TestThreads.Ran(2, 0, 7, NOON.plusSeconds(1), null)));

  AllocationRowsTest() {
    sample(NOON.minusSeconds(9), 7, "byte[]", "shop.Before.all:1", 1 << 30);
  }

  private void sample(Instant at, long thread, String className, String line, long bytes) {
    rows.add(new AllocationSample(at, thread, className, line, bytes));
  }

  private List<Allocation> all() {
    return rows.of("run", tests, known::get, Map.of(1L, "one", 2L, "two"));
  }

  @Test
  void samples_of_one_test_class_and_line_add_up() {
    sample(NOON, 7, "byte[]", LINE, 100);
    sample(NOON.plusMillis(999), 7, "byte[]", LINE, 30);
    sample(NOON.plusSeconds(1), 7, "byte[]", LINE, 50);
    sample(NOON, 7, "int[]", LINE, 20);
    sample(NOON, 7, "byte[]", null, 10);
    assertThat(all())
        .containsExactly(
            new Allocation("run", "one", LINE, "byte[]", 130, 2),
            new Allocation("run", "two", LINE, "byte[]", 50, 1),
            new Allocation("run", "one", LINE, "int[]", 20, 1),
            new Allocation("run", "one", null, "byte[]", 10, 1));
  }

  @Test
  void other_threads_and_other_times_are_no_test_s() {
    sample(NOON.minusSeconds(9), 8, "byte[]", LINE, 1000);
    sample(NOON, 8, "byte[]", LINE, 100);
    sample(NOON.minusNanos(1000), 7, "byte[]", LINE, 1);
    assertThat(all()).containsExactly(new Allocation("run", null, LINE, "byte[]", 101, 2));
  }

  @Test
  void of_a_test_no_more_than_its_thread_allocated() {
    known.put(1L, 80L);
    known.put(2L, 1000L);
    sample(NOON, 7, "byte[]", LINE, 120);
    sample(NOON, 7, "int[]", LINE, 40);
    sample(NOON.plusSeconds(1), 7, "int[]", LINE, 40);
    assertThat(all())
        .containsExactly(
            new Allocation("run", "one", LINE, "byte[]", 60, 1),
            new Allocation("run", "two", LINE, "int[]", 40, 1),
            new Allocation("run", "one", LINE, "int[]", 20, 1));
  }

  /** It stands for all since its thread began, the recording perhaps later. */
  @Test
  void the_first_sample_of_a_thread_counts_nothing() {
    sample(NOON.plusMillis(2), 9, "byte[]", LINE, 5);
    sample(NOON.plusMillis(1), 9, "byte[]", LINE, 1 << 30);
    assertThat(all()).containsExactly(new Allocation("run", null, LINE, "byte[]", 5, 1));
  }

  @Test
  void the_largest_hundred_are_kept() {
    for (int i = 1; i <= 101; i++) {
      sample(NOON, 7, "byte[]", "shop.Cache.put:" + i, i);
    }
    assertThat(all()).hasSize(100).extracting(Allocation::bytes).startsWith(101L).endsWith(2L);
  }

  @Test
  void too_many_samples_tell_nothing() {
    for (int i = 0; i < AllocationRows.MOST_SAMPLES - 1; i++) {
      sample(NOON, 7, "byte[]", LINE, 1);
    }
    assertThat(rows.isFull()).isFalse();
    assertThat(all()).hasSize(1);
    sample(NOON, 7, "byte[]", LINE, 1);
    assertThat(rows.isFull()).isTrue();
    assertThat(all()).isEmpty();
  }
}
