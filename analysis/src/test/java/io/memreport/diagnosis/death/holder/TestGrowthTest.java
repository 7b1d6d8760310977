// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.ATest;
import io.memreport.model.Facts;
import io.memreport.model.memory.MemorySample;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What each test can hold of what grew: name, least, most. */
class TestGrowthTest {
  private static final long MIB = 1 << 20;

  private final ASuite suite = ASuite.of(ARun.of("run", ASuite.START.plusSeconds(60)));

  @Test
  void what_grew_after_a_test_is_not_its_own() {
    suite.over("prices", 0, 2).running("sort", 2);
    assertThat(grown(10, 15, 20, 100, 200))
        .containsExactly(tuple("sort()", 180L, 180L), tuple("prices()", 10L, 10L));
  }

  @Test
  void a_test_that_is_over_holds_no_more_than_it_left() {
    suite.over("garbage", 0, 2).running("sort", 2);
    assertThat(grown(10, 400, 500, 30, 60, 50))
        .containsExactly(tuple("garbage()", 20L, 20L), tuple("sort()", 20L, 20L));
  }

  @Test
  void a_test_of_which_all_went_holds_nothing() {
    suite.over("garbage", 0, 1);
    assertThat(grown(10, 500, 10)).isEmpty();
  }

  @Test
  void a_test_whose_end_is_unknown_is_not_blamed() {
    suite.over(ATest.of("run", "lost").withoutEnd(), 0, 4).running("sort", 2);
    assertThat(grown(10, 15, 20, 100, 200))
        .containsExactly(tuple("sort()", 180L, 180L), tuple(null, 10L, 10L));
  }

  @Test
  void a_figure_that_is_unknown_now_and_then_changes_nothing() {
    suite.over("prices", 0, 1);
    assertThat(grown(10, 25, null, 30))
        .containsExactly(tuple("prices()", 15L, 15L), tuple(null, 5L, 5L));
  }

  @Test
  void what_grew_while_two_ran_may_be_of_either() {
    suite.running("one", 0).running("other", 1);
    assertThat(grown(10, 30, 130))
        .containsExactly(tuple("one()", 20L, 120L), tuple("other()", 0L, 100L));
  }

  @Test
  void what_two_gave_back_lessens_what_is_certain_of_each() {
    suite.running("one", 0).running("other", 2);
    assertThat(grown(10, 60, 60, 30)).containsExactly(tuple("one()", 20L, 50L));
  }

  @Test
  void between_two_samples_the_next_test_may_have_begun() {
    suite.over("setUp", 0, 1.5).running("sort", 1.5);
    assertThat(grown(10, 10, 90, 100))
        .containsExactly(tuple("sort()", 10L, 90L), tuple("setUp()", 0L, 80L));
  }

  @Test
  void fixtures_have_the_time_of_their_class_but_that_of_its_tests() {
    suite.over(ATest.of("run", "fixtures").ofClass(), 0, 4).over("first", 2, 3);
    assertThat(grown(10, 110, 115, 120, 127, 127))
        .containsExactly(tuple("fixtures()", 112L, 112L), tuple("first()", 5L, 5L));
  }

  @Test
  void what_runs_outside_of_tests_has_no_name() {
    suite.running("late", 3);
    assertThat(grown(10, 50, 60, 60, 61))
        .containsExactly(tuple(null, 50L, 50L), tuple("late()", 1L, 1L));
  }

  private List<Tuple> grown(Integer... sqlite) {
    Facts facts = suite.samples(ASample::sqlite, sqlite).build();
    return TestGrowth.of(facts, facts.runs().get(0), MemorySample::sqliteBytes).stream()
        .map(
            growth ->
                tuple(
                    growth.test() == null ? null : growth.test().displayName(),
                    growth.least() / MIB,
                    growth.most() / MIB))
        .toList();
  }
}
