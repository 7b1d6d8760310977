// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.run.RunFile;
import io.memreport.input.run.RunInput;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleasedHeapTest {
  private static final long MB = 1 << 20;

  private final RunData data =
      new RunData(new RunInput("run", RunFile.NONE, List.of(Path.of("a.jfr")), null, true));

  @BeforeEach
  void samples_were_taken() {
    alive(99, 0, 0, 0);
  }

  @Test
  void the_end_of_a_class_takes_it_off_the_latest_of_its_tests() {
    scope(1, 0, "class", -40 * MB);
    scope(2, 1, "test", 30 * MB);
    scope(3, 1, "test", 20 * MB);
    scope(4, 0, "test", 9 * MB);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(3L, 20 * MB, 2L, 20 * MB));
  }

  @Test
  void a_later_test_that_shrank_the_heap_takes_it_off_the_latest_before_it() {
    scope(1, 0, "test", 30 * MB);
    scope(2, 0, "test", 20 * MB);
    scope(3, 0, "test", -25 * MB);
    scope(4, 0, "test", 9 * MB);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(2L, 20 * MB, 1L, 5 * MB));
  }

  @Test
  void nothing_is_taken_off_twice() {
    scope(1, 0, "test", 30 * MB);
    scope(2, 0, "test", -20 * MB);
    scope(3, 0, "test", -20 * MB);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 30 * MB));
  }

  @Test
  void what_softly_held_objects_explain_comes_first() {
    data.test(1).heapSoft = 30 * MB;
    scope(1, 0, "test", 30 * MB);
    scope(2, 0, "test", 20 * MB);
    scope(3, 0, "test", -40 * MB);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 30 * MB, 2L, 10 * MB));
  }

  @Test
  void without_samples_or_of_little_nobody_knows_whether_it_still_lives() {
    scope(1, 0, "test", 4 * MB - 1);
    scope(2, 0, "test", -25 * MB);
    assertThat(ReleasedHeap.of(data)).isEmpty();
    scope(1, 0, "test", 4 * MB);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 4 * MB));
    RunData unsampled = new RunData(data.input);
    unsampled.tests.putAll(data.tests);
    assertThat(ReleasedHeap.of(unsampled)).isEmpty();
  }

  @Test
  void what_still_lives_by_its_samples_was_not_released() {
    scope(1, 0, "test", 30 * MB);
    scope(2, 0, "test", 20 * MB);
    scope(3, 0, "test", -25 * MB);
    alive(2, 16 * MB, 8, 5);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 25 * MB));
  }

  @Test
  void what_samples_prove_to_live_is_not_taken_off_by_the_end_of_a_class_either() {
    scope(1, 0, "class", -600 << 10);
    scope(2, 1, "test", 30 * MB);
    alive(2, 30 * MB - 2000, 1, 1);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(2L, 2000L));
  }

  @Test
  void samples_prove_no_more_than_they_do_within_their_error() {
    scope(1, 0, "class", -10 * MB);
    scope(2, 1, "test", 30 * MB);
    alive(2, 20 * MB, 8, 4).deviation = 4 * MB;
    alive(2, 22 * MB, 8, 8).deviation = 3 * MB;
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(2L, 8 * MB));
  }

  @Test
  void samples_that_no_collection_has_proven_say_nothing() {
    scope(1, 0, "test", 20 * MB);
    scope(2, 0, "test", -25 * MB);
    alive(1, 16 * MB, 8, 0);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 20 * MB));
  }

  @Test
  void what_the_proven_samples_leave_was_released() {
    scope(1, 0, "test", 20 * MB);
    scope(2, 0, "test", -25 * MB);
    alive(1, 16 * MB, 8, 4);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 12 * MB));
  }

  @Test
  void what_a_later_tests_objects_replaced_was_released() {
    scope(1, 0, "test", 20 * MB);
    scope(2, 0, "test", 0);
    scope(3, 0, "test", 5 * MB);
    alive(3, 21 * MB, 21, 21);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 16 * MB));
    scope(2, 0, "test", 8 * MB);
    assertThat(ReleasedHeap.of(data))
        .as("the oldest first, and nothing twice")
        .isEqualTo(Map.of(1L, 16 * MB));
    scope(1, 0, "test", 12 * MB);
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 12 * MB, 2L, 4 * MB));
  }

  @Test
  void what_lives_was_not_replaced_and_what_an_earlier_test_keeps_replaces_nothing() {
    scope(1, 0, "test", 20 * MB);
    scope(2, 0, "test", 0);
    alive(1, 10 * MB, 10, 10);
    alive(2, 20 * MB, 20, 20);
    assertThat(ReleasedHeap.of(data)).isEmpty();
    scope(3, 0, "test", 20 * MB);
    assertThat(ReleasedHeap.of(data)).isEmpty();
  }

  @Test
  void a_heap_that_shrank_a_little_says_nothing() {
    scope(1, 0, "test", 20 * MB);
    scope(2, 0, "test", 1 - (128 << 10));
    assertThat(ReleasedHeap.of(data)).isEmpty();
    scope(3, 0, "test", -(128 << 10));
    assertThat(ReleasedHeap.of(data)).isEqualTo(Map.of(1L, 128L << 10));
  }

  private void scope(long id, long parent, String kind, long retained) {
    TestData test = data.test(id);
    test.parent = parent;
    test.kind = kind;
    test.heapRetained = retained;
  }

  private HeapLiveEvent alive(long test, long bytes, int samples, int proven) {
    HeapLiveEvent row = new HeapLiveEvent();
    row.snapshot = 1;
    row.testId = test;
    row.site = "a.B.c(B.java:1)";
    row.className = "byte[]";
    row.bytes = bytes;
    row.samples = samples;
    row.survivors = samples;
    row.proven = proven;
    data.heap.add(row);
    return row;
  }
}
