// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import static io.memreport.recorder.event.MemreportEvent.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurvivorsTest {
  private static final long KB = 1 << 10;
  private static final long MB = 1 << 20;

  private long live = 50 * MB;
  private long allocated = 100 * MB;
  private long ended;
  private long jvmCollections;
  private long used = 60 * MB;
  private long direct = 3 * MB;
  private long resident = 300 * MB;
  private int collections;
  private final List<String> told = new ArrayList<>();

  private final Survivors survivors =
      new Survivors(
          before -> {
            collections++;
            return live;
          },
          () -> new HeapLook(allocated, ended, jvmCollections, used, direct, resident));

  @BeforeEach
  void collects_before_the_first() {
    assertThat(survivors.atStart(false)).isEqualTo(50 * MB);
    assertThat(collections).isOne();
  }

  @Test
  void tests_that_allocate_little_share_a_collection() {
    HeapLook first = allocating(300 * KB);
    assertThat(waits(1, first)).isTrue();
    HeapLook second = allocating(100 * KB);
    assertThat(waits(2, second)).isTrue();
    live += 40 * KB;
    assertThat(survivors.atEnd()).isEqualTo(50 * MB + 40 * KB);
    assertThat(told).containsExactly("1 " + 30 * KB, "2 " + 10 * KB);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void who_allocated_outside_the_tests_keeps_the_rest() {
    waits(1, allocating(300 * KB));
    allocated += 100 * KB;
    live += 40 * KB;
    survivors.settle();
    assertThat(told).containsExactly("1 " + 30 * KB);
  }

  @Test
  void two_mebibytes_are_worth_a_collection_of_its_own() {
    waits(1, allocating(20 * KB));
    HeapLook large = allocating(2 * MB - 20 * KB);
    assertThat(waits(2, large)).isFalse();
    live += 2 * MB - 40 * KB;
    assertThat(survivors.collect(large))
        .isEqualTo((2 * MB - 40 * KB) * (2 * MB - 20 * KB) / (2 * MB));
    assertThat(told).containsExactly("1 " + (2 * MB - 40 * KB) * 20 / 2048);
  }

  @Test
  void a_large_test_explains_all_that_it_can_have_allocated() {
    waits(1, allocating(20 * KB));
    HeapLook large = allocating(40 * MB);
    assertThat(waits(2, large)).isFalse();
    live += 30 * MB;
    assertThat(survivors.collect(large)).isEqualTo(30 * MB);
    assertThat(told).containsExactly("1 0");
  }

  @Test
  void a_large_test_explains_no_more_than_it_allocated() {
    waits(1, allocating(500 * KB));
    HeapLook large = allocating(2 * MB);
    live += 2 * MB + 200 * KB;
    assertThat(survivors.collect(large)).isEqualTo(2 * MB);
    assertThat(told).containsExactly("1 " + 200 * KB);
  }

  @Test
  void a_large_test_explains_what_others_had_left_and_it_released() {
    HeapLook large = allocating(40 * MB);
    live -= 30 * MB;
    assertThat(survivors.collect(large)).isEqualTo(-30 * MB);
  }

  @Test
  void a_small_test_with_a_collection_of_its_own_has_all_that_grew() {
    HeapLook grew = allocating(40 * MB);
    live += 128 * KB;
    survivors.collect(grew);
    HeapLook next = allocating(300 * KB);
    live += 200 * KB;
    assertThat(waits(2, next)).isFalse();
    assertThat(survivors.collect(next)).isEqualTo(200 * KB);
  }

  @Test
  void growth_that_is_worth_a_look_ends_the_sharing_and_its_absence_begins_it_again() {
    HeapLook grew = allocating(40 * MB);
    live += 128 * KB - 1;
    survivors.collect(grew);
    assertThat(waits(1, allocating(KB))).isTrue();
    live += 128 * KB;
    survivors.settle();
    HeapLook next = allocating(KB);
    assertThat(waits(2, next)).isFalse();
    survivors.collect(next);
    assertThat(waits(3, allocating(KB))).isTrue();
  }

  @Test
  void no_test_waits_if_memory_beside_the_heap_grew() {
    HeapLook start = survivors.look();
    direct++;
    assertThat(waits(1, start)).isFalse();
    direct--;
    resident += 4 * MB;
    assertThat(waits(1, start)).isFalse();
    resident--;
    assertThat(waits(1, start)).isTrue();
  }

  @Test
  void with_a_thread_that_is_over_at_most_what_came_into_use_was_allocated() {
    HeapLook start = survivors.look();
    ended++;
    used += 2 * MB - 1;
    assertThat(waits(1, start)).isTrue();
    used++;
    assertThat(waits(2, start)).isFalse();
    live += 30 * KB;
    survivors.settle();
    assertThat(told).containsExactly("1 " + 30 * KB * (2 * MB - 1) / (2 * MB));
  }

  @Test
  void with_a_thread_that_is_over_nothing_is_known_where_less_is_in_use_than_before() {
    HeapLook start = survivors.look();
    ended++;
    used--;
    assertThat(waits(1, start)).isFalse();
    used++;
    assertThat(waits(2, start)).isTrue();
  }

  @Test
  void what_a_thread_allocated_that_is_over_is_not_known_once_the_JVM_collected() {
    HeapLook start = allocating(KB);
    ended++;
    jvmCollections++;
    assertThat(waits(1, start)).isFalse();
    live += 30 * MB;
    assertThat(survivors.collect(start)).isEqualTo(30 * MB);
  }

  @Test
  void nothing_waits_where_the_JVM_does_not_count() {
    HeapLook start = survivors.look();
    allocated = UNKNOWN;
    assertThat(waits(1, start)).isFalse();
  }

  @Test
  void what_runs_outside_of_tests_may_give_back_and_is_collected_before_the_next() {
    survivors.atStart(true);
    assertThat(collections).isOne();
    survivors.atStart(false);
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void what_was_given_back_is_of_no_test_that_waits() {
    waits(1, allocating(300 * KB));
    HeapLook last = allocating(900 * KB);
    live -= 8 * MB;
    assertThat(survivors.collect(last)).isEqualTo(-8 * MB);
    assertThat(told).containsExactly("1 0");
  }

  @Test
  void the_end_of_a_class_tells_what_its_fixtures_gave_back() {
    waits(1, allocating(300 * KB));
    live -= 8 * MB;
    assertThat(survivors.atEnd()).isEqualTo(42 * MB);
    assertThat(told).containsExactly("1 0");
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void tests_that_overlapped_have_no_figure() {
    waits(1, allocating(KB));
    survivors.lose();
    HeapLook start = allocating(KB);
    assertThat(waits(2, start)).isFalse();
    assertThat(survivors.collect(start)).isEqualTo(UNKNOWN);
    survivors.settle();
    assertThat(told).isEmpty();
    assertThat(collections).isEqualTo(2);
  }

  @Test
  void a_JVM_that_does_not_collect_tells_nothing() {
    waits(1, allocating(KB));
    live = UNKNOWN;
    assertThat(survivors.collect(allocating(KB))).isEqualTo(UNKNOWN);
    assertThat(survivors.atStart(true)).isEqualTo(UNKNOWN);
    assertThat(told).isEmpty();
  }

  @Test
  void so_many_wait_and_no_more() {
    for (int test = 0; test < 256; test++) {
      assertThat(waits(test, survivors.look())).isTrue();
    }
    assertThat(waits(256, survivors.look())).isFalse();
  }

  private HeapLook allocating(long bytes) {
    HeapLook start = survivors.look();
    allocated += bytes;
    return start;
  }

  private boolean waits(long test, HeapLook start) {
    return survivors.waits(test, start, bytes -> told.add(test + " " + bytes));
  }
}
