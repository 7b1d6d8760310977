// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.model.PostMortem;
import io.memreport.report.KilledForks;
import io.memreport.report.html.verdict.FocusView;
import io.memreport.report.html.verdict.PointsView.Point;
import io.memreport.report.html.verdict.VerdictView;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who, what, how much and where, of each kind of ending. */
class FirstScreenTest {
  private static VerdictView verdict(PostMortem postMortem) throws IOException {
    return Page.of(postMortem).verdict();
  }

  @Test
  void a_leak_is_told_with_its_first_name_how_many_more_and_its_bytes_of_the_limit()
      throws IOException {
    VerdictView view = verdict(Suite.guilty());
    assertThat(view.state()).isEqualTo("Leak");
    assertThat(view.tone()).isEqualTo("warn");
    assertThat(view.points())
        .extracting(Point::name, Point::text, Point::anchor)
        .containsExactly(
            tuple("Who", "OrderSearchTest searchesAllOrders", "test-cache"),
            tuple("", "and 3 more", "culprits"),
            tuple("How much", "40.5 MiB of SQLite page cache held; the limit is 512 MiB", ""));
    assertThat(view.points().get(2).meter()).isBetween(7.8, 8.0);
    FocusView focus = view.focus();
    assertThat(focus.key()).isEqualTo("sqlite");
    assertThat(focus.spans()).hasSize(4);
    assertThat(focus.death()).isEmpty();
  }

  @Test
  void forks_that_do_not_fit_are_told_by_their_sum() throws IOException {
    VerdictView view = verdict(KilledForks.postMortem());
    assertThat(view.state()).isEqualTo("Killed for memory");
    assertThat(view.by()).isEqualTo("by the kernel, at the limit of its cgroup");
    assertThat(view.points())
        .extracting(Point::name, Point::text, Point::anchor)
        .contains(
            tuple("How much", "280 MiB held by 3 JVMs together; the limit is 300 MiB", "forks"));
    assertThat(view.focus().key()).isEmpty();
    assertThat(view.focus().death()).endsWith("%");
  }

  @Test
  void of_a_clean_run_the_largest_tests_are_told_and_no_fix() throws IOException {
    VerdictView view = verdict(Suite.clean());
    assertThat(view.tone()).isEqualTo("good");
    assertThat(view.points()).hasSize(5);
    assertThat(view.points().get(0))
        .extracting(Point::name, Point::text)
        .containsExactly("Largest", "Order4Test places39: 2.04 MiB of SQLite at its peak");
    assertThat(view.points()).extracting(Point::name).containsOnlyOnce("Largest");
    assertThat(Pages.of(Suite.clean())).doesNotContain("<b>Fix it</b>");
  }

  @Test
  void of_shared_memory_who_was_refused_and_what_had_run_out() throws IOException {
    VerdictView view = verdict(Endings.all().get("shared-memory"));
    assertThat(view.points())
        .extracting(Point::name, Point::text, Point::anchor, Point::meter)
        .containsExactly(
            tuple("Refused", "ShardTest starts_a_server", "test-run~2fstarts_a_server", null),
            tuple("How much", "32 of 32 System V ids taken", "", 100.0));
  }

  @Test
  void what_ran_when_a_jvm_crashed_is_not_said_to_have_done_it() throws IOException {
    for (String ending : List.of("aborted", "killed-from-outside")) {
      assertThat(verdict(Endings.all().get(ending)).points())
          .extracting(Point::name)
          .containsExactly("Ran then");
    }
  }

  @Test
  void what_was_not_sampled_has_no_curve() throws IOException {
    assertThat(verdict(Suite.empty()).focus()).isNull();
    assertThat(verdict(Suite.empty()).points()).isEmpty();
  }
}
