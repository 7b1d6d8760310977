// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.PostMortem;
import io.memreport.report.words.NewFacts;
import org.junit.jupiter.api.Test;

/** Below a headline stands what it does not say. */
class NewFactsTest {
  private static String first(String ending) {
    return NewFacts.of(ending(ending)).get(0);
  }

  private static PostMortem ending(String name) {
    return Endings.all().get(name);
  }

  @Test
  void of_a_kill_what_held_the_memory_without_who_killed_for_which_limit() {
    assertThat(first("killed"))
        .isEqualTo(
            "YearEndArchiveTest.sums_up_all_scans() held most: SQLite had 200 MiB,"
                + " all of it taken by a query that never ended.");
  }

  @Test
  void figures_that_the_headline_has_are_not_told_again() {
    assertThat(ending("forks").verdict().headline()).contains("300 MiB").contains("280 MiB");
    assertThat(NewFacts.of(ending("forks"))).noneMatch(fact -> fact.contains("280 MiB of 300"));
    assertThat(NewFacts.of(ending("log-only"))).noneMatch(fact -> fact.startsWith("Nothing tells"));
  }

  @Test
  void of_a_sentence_that_begins_with_the_headline_the_rest() {
    assertThat(first("shared-memory")).isEqualTo("ShardTest.starts_a_server() was refused.");
  }

  @Test
  void the_map_of_a_jvm_that_died_has_what_it_held_then() {
    assertThat(Pages.of(ending("killed")))
        .contains("What each test held at most")
        .contains("sums_up_all_scans: 198 MiB");
  }

  @Test
  void the_command_that_only_looked_on_has_no_curve_and_no_ledger() {
    String page = Pages.of(Endings.supervised());
    assertThat(page).contains("Memory of run <bdi>jvm</bdi>").doesNotContain("run <bdi>ours</bdi>");
    assertThat(Endings.supervised().verdict().evidence().get(0).text())
        .isEqualTo("Looked at 1 test in 1 run");
  }

  @Test
  void a_sentence_without_figures_or_names_stays() {
    assertThat(first("java-oom"))
        .isEqualTo("The JVM ran out of memory by its own limits; nobody killed it.");
  }
}
