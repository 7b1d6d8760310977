// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.ATest;
import io.memreport.model.Facts;
import org.junit.jupiter.api.Test;

/** Samples of objects say whose a heap is, better than when it grew. */
class HeapHoldersTest {
  private static final long MIB = 1 << 20;
  private static final String LINE = "shop.Cache.put(Cache.java:42)";

  private final ATest early = ATest.of("run", "early");
  private final ATest late = ATest.of("run", "late");
  private final ASuite suite = ASuite.of(ARun.of("run", ASuite.START.plusSeconds(60)));

  @Test
  void half_of_it_by_its_own_objects_is_enough_to_be_named_with_the_line() {
    suite.over(early, 0, 1).running(late, 1).heap(site(60).by(early).error(10));
    Holders holders = holders();
    assertThat(holders.culprits())
        .extracting("type", "name", "bytes")
        .containsExactly(tuple("test", "OrderTest.early()", 60 * MIB));
    assertThat(holders.evidence().get(0).text())
        .isEqualTo(
            "60.0 MiB (±17 %) of byte[] that no collection had freed came from "
                + LINE
                + " in OrderTest.early()");
  }

  @Test
  void an_estimate_that_may_be_less_than_half_names_nobody_new() {
    suite.over(early, 0, 1).running(late, 1).heap(site(60).by(early).error(11));
    assertThat(holders().culprits()).extracting("name").doesNotContain("OrderTest.early()");
  }

  @Test
  void who_only_ran_while_it_grew_is_not_named_against_the_samples() {
    suite.over(early, 0, 1).running(late, 1).heap(site(80));
    Holders holders = holders();
    assertThat(holders.culprits()).isEmpty();
    assertThat(holders.subject()).isEqualTo("this JVM");
    assertThat(holders.evidence().get(0).text()).contains(LINE);
  }

  @Test
  void samples_that_explain_little_change_nothing() {
    suite.over(early, 0, 1).running(late, 1).heap(site(12).error(1));
    Holders holders = holders();
    assertThat(holders.subject()).isEqualTo("OrderTest.late()");
    assertThat(holders.evidence().get(0).text()).contains(LINE);
  }

  @Test
  void a_line_that_may_be_less_than_a_tenth_is_not_told() {
    suite.over(early, 0, 1).running(late, 1).heap(site(12).by(early).error(2));
    assertThat(holders().evidence()).isEmpty();
  }

  @Test
  void without_samples_growth_must_do() {
    suite.over(early, 0, 1).running(late, 1);
    Holders holders = holders();
    assertThat(holders.subject()).isEqualTo("OrderTest.late()");
    assertThat(holders.evidence()).isEmpty();
  }

  private static AHeapSite site(long mib) {
    return AHeapSite.of("run", mib).at(LINE);
  }

  /** It grew from 10 to 110 MiB in the time of the late test. */
  private Holders holders() {
    Facts facts = suite.samples(ASample::heap, 10, 10, 110).build();
    return HeapHolders.of(facts, facts.runs().get(0), 110 * MIB);
  }
}
