// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.box.BoxTest;
import io.memreport.input.box.FlightBox;
import io.memreport.input.run.RunFile;
import io.memreport.input.run.RunInput;
import io.memreport.recorder.box.BoxLayout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests whose end no event tells. */
class LostEndsTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final RunData data =
      new RunData(new RunInput("run", RunFile.NONE, List.of(Path.of("a.jfr")), null, true));
  private final List<BoxTest> boxed = new ArrayList<>();

  @Test
  void the_next_test_of_its_thread_tells_that_one_is_over() {
    TestData lost = test(1, 0, 7, 0);
    TestData last = test(2, 0, 7, 1);
    LostEnds.find(data);
    assertThat(lost.over).isTrue();
    assertThat(lost.endedBy()).isEqualTo(START.plusSeconds(1));
    assertThat(lost.ranAt(START.plusSeconds(1))).isTrue();
    assertThat(lost.ranAt(START.plusSeconds(2))).isFalse();
    assertThat(last.over).isFalse();
    assertThat(last.endedBy()).isNull();
  }

  @Test
  void tests_of_other_threads_and_its_own_tell_nothing() {
    TestData around = test(1, 0, 7, 0);
    test(2, 1, 7, 1);
    test(3, 2, 7, 2);
    test(4, 0, 8, 3);
    LostEnds.find(data);
    assertThat(around.over).isFalse();
  }

  @Test
  void a_test_without_a_thread_is_never_next() {
    TestData one = test(1, 0, -1, 0);
    test(2, 0, -1, 1);
    LostEnds.find(data);
    assertThat(one.over).isFalse();
  }

  @Test
  void one_that_made_room_in_the_box_is_over() {
    TestData gone = test(1, 0, 7, 0);
    TestData near = test(2, 0, 8, 0);
    boxed(BoxLayout.TESTS + 2, true);
    data.box = box();
    LostEnds.find(data);
    assertThat(gone.over).isTrue();
    assertThat(near.over).isFalse();
  }

  @Test
  void one_that_the_box_keeps_running_runs() {
    TestData runs = test(1, 0, 7, 0);
    test(2, 0, 7, 1);
    boxed(1, true);
    data.box = box();
    LostEnds.find(data);
    assertThat(runs.over).isFalse();
  }

  @Test
  void a_ring_of_parents_ends() {
    test(1, 2, 7, 0);
    test(2, 1, 7, 1);
    test(3, 2, 7, 2);
    LostEnds.find(data);
    assertThat(data.tests.get(3L).over).isFalse();
  }

  private TestData test(long id, long parent, long thread, int second) {
    TestData test = data.test(id);
    test.parent = parent;
    test.thread = thread;
    test.startedAt = START.plusSeconds(second);
    return test;
  }

  private void boxed(long id, boolean running) {
    boxed.add(new BoxTest(id, 0, "test", START, null, null, null, null, null, null, running, null));
  }

  private FlightBox box() {
    return new FlightBox(
        1,
        START,
        50,
        new FlightBox.Clock(START, 0),
        null,
        null,
        null,
        List.of(),
        List.of(),
        boxed,
        Map.of(),
        List.of(),
        List.of(),
        null,
        new FlightBox.Dropped(0, 0, 0));
  }
}
