// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.AnEvent;
import io.memreport.model.log.EventKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What each sign adds and takes away. A score of 4 is enough, two strong signs are certain. */
class LogMatchTest {
  private static final Instant END = Instant.parse("2026-01-02T03:04:05Z");
  private static final String CGROUP = "/ci/job-7";
  private static final long MIB = 1 << 20;

  private final ARun run = ARun.of("run", END).pid(4711L).cgroup(CGROUP).limit(512 * MIB);

  @Test
  void a_number_is_a_strong_sign_and_a_name_a_weak_one() {
    assertMatch(AnEvent.kill().victim(4711L, "java", null), 2, 1);
    assertMatch(AnEvent.kill().victim(null, "java", null), 1, 0);
    assertMatch(AnEvent.kill().victim(null, "Main JAVA thread", null), 1, 0);
    assertMatch(AnEvent.kill().victim(null, "postgres", null), -3, 0);
    assertMatch(AnEvent.kill(), 0, 0);
  }

  @Test
  void the_number_of_another_process_speaks_against_it() {
    LogMatch match = of(AnEvent.kill().victim(9L, "java", null));
    assertThat(match.score()).isEqualTo(1 - 3);
    assertThat(match.strong()).isEqualTo(-1);
    assertThat(match.against()).contains("the PIDs differ (9 in the log, 4711 in the run)");
  }

  @Test
  void within_the_same_cgroup_numbers_may_differ() {
    LogMatch match = of(AnEvent.kill().victim(9L, "java", null).cgroups(null, CGROUP));
    assertThat(match.score()).isEqualTo(1 + 2);
    assertThat(match.strong()).isEqualTo(1);
  }

  @Test
  void a_cgroup_matches_itself_what_encloses_it_and_a_container_by_its_id() {
    String id = "0123456789abcdef".repeat(4);
    assertMatch(AnEvent.kill().cgroups(null, CGROUP), 2, 1);
    assertMatch(AnEvent.kill().cgroups("/ci", null), 2, 1);
    assertMatch(AnEvent.kill().cgroups(null, "/ci/job-70"), -4, -1);
    assertMatch(AnEvent.kill().cgroups(null, "/ci/job"), -4, -1);
    assertMatch(AnEvent.kill().cgroups(null, "ci.slice"), 0, 0);
    assertMatch(AnEvent.kill().cgroups(null, "/ci.slice"), -4, -1);
    run.cgroup("/system.slice/shop.service/worker");
    assertMatch(AnEvent.kill().cgroups(null, "shop.service"), 2, 1);
    assertMatch(AnEvent.kill().cgroups(null, "cart.service"), -4, -1);
    run.cgroup("/docker/" + id);
    assertMatch(AnEvent.kill().cgroups(null, "/kubepods/pod1/cri-" + id + ".scope"), 2, 1);
    run.cgroup("/docker/" + id.substring(1));
    assertMatch(AnEvent.kill().cgroups(null, "/kubepods/pod1/cri-" + id + ".scope"), -4, -1);
  }

  @Test
  void another_cgroup_speaks_less_against_it_where_the_victim_is_known() {
    assertMatch(AnEvent.kill().cgroups(null, "/x").victim(4711L, "java", null), 2 - 2, 1 - 1);
    assertMatch(AnEvent.kill().cgroups("/x", null), 0, 0);
    assertMatch(AnEvent.kill().cgroups(null, "/x").kind(EventKind.KILLED), 0, 0);
  }

  @Test
  void a_victim_in_the_root_cgroup_says_nothing() {
    assertMatch(AnEvent.kill().cgroups(null, "/"), 0, 0);
    assertMatch(AnEvent.kill().cgroups(null, "/").victim(4711L, "java", null), 2, 1);
  }

  @Test
  void a_run_in_the_root_cgroup_says_nothing() {
    run.cgroup("/");
    assertMatch(AnEvent.kill().cgroups(null, "/x"), 0, 0);
    run.cgroup(null);
    assertMatch(AnEvent.kill().cgroups(null, "/x"), 0, 0);
  }

  @Test
  void the_nearer_the_time_the_better() {
    assertMatch(AnEvent.kill().at(END.plusMillis(5000)), 2, 1);
    assertMatch(AnEvent.kill().at(END.minusMillis(5000)), 2, 1);
    assertMatch(AnEvent.kill().at(END.plusMillis(5001)), 1, 0);
    assertMatch(AnEvent.kill().at(END.plusSeconds(60)), 1, 0);
    assertMatch(AnEvent.kill().at(END.plusMillis(60_001)), 0, 0);
    assertMatch(AnEvent.kill().at(END.plusSeconds(600)), 0, 0);
    assertMatch(AnEvent.kill().at(END.plusMillis(600_001)), -5, 0);
    assertMatch(AnEvent.kill().at(END.minusSeconds(60)), 1, 0);
    assertMatch(AnEvent.kill().at(END.minusMillis(60_001)), -5, 0);
    assertThat(of(AnEvent.kill().at(END.plusSeconds(2))).secondsAfter()).isEqualTo(2.0);
    assertThat(of(AnEvent.kill()).secondsAfter()).isNull();
  }

  @Test
  void the_kernels_clock_counts_from_the_start_of_the_machine() {
    run.bootedAt(END.minusSeconds(1000));
    assertMatch(AnEvent.kill().atUptime(1001.5), 2, 1);
    assertThat(of(AnEvent.kill().atUptime(1001.5)).secondsAfter()).isEqualTo(1.5);
    run.bootedAt(null);
    assertThat(of(AnEvent.kill().atUptime(1001.5)).secondsAfter()).isNull();
  }

  @Test
  void the_last_sample_is_a_better_end_than_the_last_event() {
    LogMatch match =
        LogMatch.of(
            run.build(),
            ASample.of("run", END.minusSeconds(9)).build(),
            AnEvent.kill().at(END).build());
    assertThat(match.secondsAfter()).isEqualTo(9.0);
  }

  @Test
  void the_same_limit_hardly_fits_by_chance() {
    assertMatch(AnEvent.kill().limit(512 * MIB), 1, 1);
    assertMatch(AnEvent.kill().limit(512 * MIB - 1), 0, 0);
  }

  @Test
  void a_victim_may_have_grown_since_the_last_sample_but_hardly_shrunk() {
    assertSize(300, 1 + 1);
    assertSize(301, 1 - 1);
    assertSize(70, 1 + 1);
    assertSize(69, 1 - 1);
  }

  private void assertSize(long rss, int score) {
    LogMatch match =
        LogMatch.of(
            run.build(),
            ASample.of("run", END).rss(100L).build(),
            AnEvent.kill().victim(null, "java", rss).build());
    assertThat(match.score()).as("%s of 100 bytes", rss).isEqualTo(score);
  }

  @Test
  void four_points_are_enough() {
    assertThat(of(AnEvent.kill().victim(4711L, "java", null).at(END)).isEnough()).isTrue();
    assertThat(of(AnEvent.kill().victim(4711L, "java", null).at(END.plusSeconds(9))).isEnough())
        .isFalse();
    LogMatch only = LogMatch.ofOnlyRun(AnEvent.kill().victim(3L, "java", null).build());
    assertThat(only.isEnough()).isTrue();
    assertThat(only.strong()).isEqualTo(2);
    assertThat(only.victim().pid()).isEqualTo(3);
  }

  private void assertMatch(AnEvent event, int score, int strong) {
    LogMatch match = of(event);
    assertThat(match.score()).as(match.toString()).isEqualTo(score);
    assertThat(match.strong()).as(match.toString()).isEqualTo(strong);
  }

  private LogMatch of(AnEvent event) {
    return LogMatch.of(run.build(), null, event.build());
  }
}
