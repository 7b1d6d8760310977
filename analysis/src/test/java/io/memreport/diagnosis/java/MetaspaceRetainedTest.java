// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ALastCollection;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.ATest;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.memory.Boundaries;
import io.memreport.model.memory.LastCollection;
import io.memreport.model.memory.LastCollection.KeptLoaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Classes that a second test leaves are a leak; what the first one loads may be none. */
class MetaspaceRetainedTest {
  private static final MetaspaceRetained RULE = new MetaspaceRetained();

  private boolean context;
  private String loader = "shop.Plugins$Loader";

  @Test
  void classes_of_a_later_test_are_named_from_eight_mebibytes_on() {
    Facts facts = facts(20, 20, 24, 25, 26, 28, 28);
    assertThat(RULE.examine(facts).get(0).culprits().get(0).name()).isEqualTo("OrderTest.second()");
    assertThat(RULE.undecided(facts)).isEmpty();
    assertThat(RULE.examine(facts(20, 20, 24, 25, 26, 27, 27))).isEmpty();
  }

  @Test
  void what_the_first_test_loads_is_undecided() {
    Facts facts = facts(20, 80, 80, 80);
    assertThat(RULE.examine(facts)).isEmpty();
    assertThat(RULE.undecided(facts).get(0)).contains("the cost of a first use, or a leak");
  }

  @Test
  void what_one_later_test_alone_loads_is_undecided_unless_no_framework_is_so_large() {
    Facts facts = facts(20, 20, 147, 147);
    assertThat(RULE.examine(facts)).isEmpty();
    assertThat(RULE.undecided(facts).get(0))
        .contains("most of it in OrderTest.second()", "the cost of a first use, or a leak");
    assertThat(RULE.examine(facts(20, 20, 148, 148))).hasSize(1);
    assertThat(RULE.examine(facts(20, 20, 84, 84, 148))).as("both are large").isEmpty();
  }

  @Test
  void what_the_first_test_of_a_spring_context_loads_is_the_contexts() {
    context = true;
    assertThat(RULE.examine(facts(20, 20, 148, 148))).isEmpty();
    assertThat(RULE.examine(facts(20, 20, 20, 148, 148))).hasSize(1);
  }

  @Test
  void what_three_more_tests_do_too_is_no_first_use() {
    assertThat(RULE.examine(facts(20, 20, 40, 45, 50, 55, 55))).hasSize(1);
    assertThat(RULE.examine(facts(20, 20, 40, 45, 49, 54, 54))).isEmpty();
    assertThat(RULE.examine(facts(20, 20, 40, 45, 50, 50, 50))).isEmpty();
  }

  @Test
  void class_loaders_that_are_alike_and_live_are_no_first_use() {
    assertThat(RULE.examine(loaders("run/second", facts(20, 20, 40, 40)))).hasSize(1);
    assertThat(RULE.examine(loaders("run/first", facts(20, 20, 40, 40))))
        .as("of another test")
        .isEmpty();
    assertThat(RULE.examine(loaders("run/second", facts(20, 41, 61, 61))))
        .as("less than half of it")
        .isEmpty();
    context = true;
    assertThat(RULE.examine(loaders("run/second", facts(20, 20, 40, 40)))).isEmpty();
  }

  @Test
  void loaders_are_its_evidence() {
    assertThat(
            RULE.examine(loaders("run/second", facts(20, 20, 40, 40))).get(0).finding().evidence())
        .endsWith(
            "OrderTest.second() made 250 class loaders that live, of class Plugins$Loader, each with its own Plugin");
  }

  @Test
  void loaders_of_a_library_are_its_own_but_for_those_of_urls() {
    loader = "groovy.lang.GroovyClassLoader$InnerLoader";
    assertThat(RULE.examine(loaders("run/second", facts(20, 20, 40, 40)))).isEmpty();
    loader = "java.net.URLClassLoader";
    assertThat(RULE.examine(loaders("run/second", facts(20, 20, 40, 40)))).hasSize(1);
  }

  private Facts loaders(String test, Facts facts) {
    LastCollection last =
        ALastCollection.at(ASuite.START)
            .loaders(new KeptLoaders(test, loader, "shop.Plugin", 250))
            .build();
    return facts.toBuilder().boundaries(new Boundaries(List.of(), Map.of("run", last))).build();
  }

  private Facts facts(Integer... metaspace) {
    ATest second = ATest.of("run", "second").retained(0L);
    if (context) {
      second.left("byte[] held by org.springframework.test.context.cache.DefaultContextCache");
    }
    Instant later = ASuite.START;
    return ASuite.of(ARun.of("run", ASuite.START.plusSeconds(60)).ending(Ending.CLEAN))
        .over(ATest.of("run", "first").retained(0L), 0.5, 1)
        .over(second.at(later), 1, 2)
        .over(ATest.of("run", "third").in("shop.A").retained(0L).at(later), 2, 3)
        .over(ATest.of("run", "fourth").in("shop.B").retained(0L).at(later), 3, 4)
        .over(ATest.of("run", "fifth").in("shop.C").retained(0L).at(later), 4, 5)
        .samples(ASample::metaspace, metaspace)
        .build();
  }
}
