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
import org.junit.jupiter.api.Test;

/** Who is named for memory that grew, and when nobody is. */
class HoldersTest {
  private static final long MIB = 1 << 20;

  private final ASuite suite = ASuite.of(ARun.of("run", ASuite.START.plusSeconds(60)));

  @Test
  void half_of_what_grew_is_enough_to_be_named() {
    suite.over("prices", 0, 1).over("orders", 1, 2).running("sort", 2);
    Holders holders = holders(20, 60, 70, 120);
    assertThat(holders.culprits())
        .extracting("type", "name", "bytes")
        .containsExactly(tuple("test", "OrderTest.sort()", 50 * MIB));
    assertThat(holders.subject()).isEqualTo("OrderTest.sort()");
    assertThat(holders.evidence()).isEmpty();
  }

  @Test
  void less_than_half_is_not_and_the_largest_three_are_told() {
    suite
        .over(ATest.of("run", "a").in("x.ATest"), 0, 1)
        .over(ATest.of("run", "b").in("x.BTest"), 1, 2)
        .over(ATest.of("run", "c").in("x.CTest"), 2, 3)
        .running(ATest.of("run", "d").in("x.DTest"), 3);
    Holders holders = holders(20, 60, 70, 90, 119);
    assertThat(holders.culprits()).isEmpty();
    assertThat(holders.subject()).isEqualTo("this JVM");
    assertThat(holders.evidence().get(0).text())
        .isEqualTo(
            "No test took half of it; the largest: ATest.a() at most 40.0 MiB, DTest.d() at most"
                + " 29.0 MiB, CTest.c() at most 20.0 MiB");
  }

  @Test
  void what_was_there_before_anything_ran_needs_no_explanation_up_to_half() {
    suite.running("sort", 0);
    assertThat(holders(100, 126).culprits()).isEmpty();
    assertThat(holders(100, 160).culprits()).hasSize(1);
  }

  @Test
  void many_small_ones_of_a_class_are_the_class_s() {
    suite.over("a", 0, 1).over("b", 1, 2).over("c", 2, 3).running("d", 3);
    Holders holders = holders(20, 60, 100, 140, 180);
    assertThat(holders.culprits())
        .extracting("type", "name", "bytes")
        .containsExactly(tuple("class", "shop.OrderTest", 160 * MIB));
    assertThat(holders.subject()).isEqualTo("the 4 tests of OrderTest together");
  }

  @Test
  void of_tests_that_ran_together_none_is_accused() {
    suite.over("first", 0, 1).running("a", 1).running("b", 1).running("c", 1);
    Holders holders = holders(20, 25, 125);
    assertThat(holders.culprits()).isEmpty();
    assertThat(holders.subject())
        .isEqualTo("one of OrderTest.a(), OrderTest.b() and OrderTest.c(), which ran together,");
  }

  @Test
  void of_many_that_ran_together_the_number_is_told() {
    suite.running("a", 0).running("b", 0).running("c", 0).running("d", 0);
    assertThat(holders(20, 125).subject()).isEqualTo("one of 4 tests that ran together");
  }

  @Test
  void proof_beats_what_may_be() {
    suite.over("innocent", 0, 1.5).running("guilty", 1.5);
    Holders holders = holders(20, 20, 120, 260);
    assertThat(holders.culprits()).extracting("name").containsExactly("OrderTest.guilty()");
  }

  @Test
  void growth_outside_of_tests_is_nobody_s() {
    suite.running("late", 3);
    Holders holders = holders(10, 100, 160, 160, 161);
    assertThat(holders.culprits()).isEmpty();
    assertThat(holders.evidence().get(0).text())
        .isEqualTo("It grew by 150 MiB outside of all tests");
  }

  @Test
  void fixtures_are_named_for_what_grew_in_them() {
    suite.over(ATest.of("run", "fixtures").ofClass(), 0, 9).running("first", 3);
    assertThat(holders(10, 100, 160, 160, 161).subject()).isEqualTo("OrderTest (fixtures)");
  }

  private Holders holders(Integer... sqlite) {
    ASuite all = suite;
    Facts facts = all.samples(ASample::sqlite, sqlite).build();
    return Holders.of(
        facts, facts.runs().get(0), MemorySample::sqliteBytes, sqlite[sqlite.length - 1] * MIB);
  }
}
