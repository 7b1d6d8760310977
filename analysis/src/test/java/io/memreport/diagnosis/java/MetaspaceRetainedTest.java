// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.ATest;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Classes that a second test leaves are a leak; what the first one loads may be none. */
class MetaspaceRetainedTest {
  private static final MetaspaceRetained RULE = new MetaspaceRetained();

  @Test
  void classes_of_a_later_test_are_named_from_eight_mebibytes_on() {
    Facts facts = facts(20, 22, 30, 30);
    assertThat(RULE.examine(facts).get(0).culprits().get(0).name()).isEqualTo("OrderTest.second()");
    assertThat(RULE.undecided(facts)).isEmpty();
    assertThat(RULE.examine(facts(20, 20, 27, 27))).isEmpty();
  }

  @Test
  void what_the_first_test_loads_is_undecided() {
    Facts facts = facts(20, 80, 80, 80);
    assertThat(RULE.examine(facts)).isEmpty();
    assertThat(RULE.undecided(facts).get(0)).contains("the cost of the first use, or a leak");
  }

  private Facts facts(Integer... metaspace) {
    Instant later = ASuite.START;
    return ASuite.of(ARun.of("run", ASuite.START.plusSeconds(60)).ending(Ending.CLEAN))
        .over(ATest.of("run", "first").retained(0L), 0.5, 1)
        .over(ATest.of("run", "second").retained(0L).at(later), 1, 2)
        .samples(ASample::metaspace, metaspace)
        .build();
  }
}
