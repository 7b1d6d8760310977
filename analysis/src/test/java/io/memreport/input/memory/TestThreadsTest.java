// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.memory.TestThreads.Ran;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestThreadsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static Ran test(long id, long parent, long thread, int from, Integer seconds) {
    Instant begun = NOON.plusSeconds(from);
    return new Ran(id, parent, thread, begun, seconds == null ? null : begun.plusSeconds(seconds));
  }

  private static Long at(TestThreads tests, long thread, double second) {
    return tests.at(thread, NOON.plusMillis(Math.round(second * 1000)));
  }

  @Test
  void the_innermost_that_ran_on_the_thread() {
    TestThreads tests =
        new TestThreads(
            List.of(
                test(1, 0, 7, 0, 10),
                test(2, 1, 7, 1, 2),
                test(3, 1, 7, 5, 2),
                test(4, 1, 8, 5, 2)));
    assertThat(at(tests, 7, -0.1)).isNull();
    assertThat(at(tests, 7, 0)).isEqualTo(1);
    assertThat(at(tests, 7, 2)).isEqualTo(2);
    assertThat(at(tests, 7, 3)).isEqualTo(2);
    assertThat(at(tests, 7, 4)).as("between its tests, the class").isEqualTo(1);
    assertThat(at(tests, 7, 6)).isEqualTo(3);
    assertThat(at(tests, 8, 6)).isEqualTo(4);
    assertThat(at(tests, 8, 8)).as("the class is another thread's").isNull();
    assertThat(at(tests, 7, 11)).isNull();
    assertThat(at(tests, 9, 6)).isNull();
  }

  @Test
  void one_that_never_ended_still_runs() {
    TestThreads tests = new TestThreads(List.of(test(1, 0, 7, 0, null)));
    assertThat(at(tests, 7, 3600)).isEqualTo(1);
  }

  @Test
  void one_without_a_start_and_one_that_is_its_own_parent_do_no_harm() {
    Ran lost = new Ran(1, 0, 7, null, null);
    TestThreads tests = new TestThreads(List.of(lost, test(2, 2, 8, 0, 1)));
    assertThat(at(tests, 7, 1)).isNull();
    assertThat(at(tests, 8, 5)).isNull();
  }
}
