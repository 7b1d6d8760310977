// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.verdict.Culprit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Little that each test of a class forgets. */
class HeapRetainedTogetherTest {
  private static final long MIB = 1 << 20;
  private static final ARun RUN =
      ARun.of("r", Instant.parse("2026-11-20T12:00:00Z")).ending(Ending.CLEAN);

  private final SomeFacts facts = new SomeFacts().run(RUN);

  @Test
  void what_repeats_is_the_classs_from_so_much_on() {
    tests(8, MIB);
    assertThat(found())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.clause())
                  .isEqualTo("left 8.00 MiB of Java heap behind in its 8 tests");
              assertThat(one.culprits())
                  .extracting(Culprit::type, Culprit::name, Culprit::bytes)
                  .containsExactly(tuple("class", "OrderTest", 8 * MIB));
            });
  }

  @Test
  void less_in_sum_is_nobodys() {
    tests(8, MIB - 1);
    assertThat(found()).isEmpty();
  }

  @Test
  void so_few_tests_repeat_nothing() {
    tests(4, 2 * MIB - 1);
    assertThat(found()).isEmpty();
    facts.test(ATest.of("r", "one_more").retained(2 * MIB - 1));
    assertThat(found()).hasSize(1);
  }

  /** Caches that some tests fill once. */
  @Test
  void what_a_few_of_many_took_does_not_repeat() {
    tests(6, 2 * MIB - 1);
    for (int i = 0; i < 20; i++) {
      facts.test(ATest.of("r", "quiet" + i).retained(1000L));
    }
    assertThat(found()).isEmpty();
  }

  @Test
  void what_is_reported_of_one_test_is_not_counted_again() {
    tests(8, 2 * MIB);
    assertThat(found()).isEmpty();
  }

  @Test
  void what_was_gone_at_the_end_of_the_class_is_not_held() {
    tests(8, MIB);
    Facts built = facts.build();
    Facts released =
        Facts.builder()
            .runs(built.runs())
            .tests(built.tests())
            .quality(built.quality())
            .timeline(built.timeline())
            .releasedHeap(Map.of("r/keeps0", MIB))
            .build();
    assertThat(new HeapRetainedTogether().examine(released)).isEmpty();
  }

  private void tests(int count, long bytes) {
    for (int i = 0; i < count; i++) {
      facts.test(ATest.of("r", "keeps" + i).retained(bytes));
    }
  }

  private List<Suspicion> found() {
    return new HeapRetainedTogether().examine(facts.build());
  }
}
