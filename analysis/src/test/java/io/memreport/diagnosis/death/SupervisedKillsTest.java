// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import io.memreport.model.Role;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Processes below a command: their exit statuses are not known. */
class SupervisedKillsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MIB = 1 << 20;
  private static final String TITLE = "[pytest-xdist running] tests/test_big.py::";

  private final SomeFacts some = new SomeFacts();

  SupervisedKillsTest() {
    run("/ci/memreport-5");
  }

  private void run(String cgroup) {
    some.run(
        ARun.of("r", NOON.plusSeconds(60))
            .pid(5L)
            .role(Role.SUPERVISOR)
            .cgroup(cgroup)
            .limit(700 * MIB)
            .ending(Ending.CLEAN));
  }

  @Test
  void the_one_that_was_gone_when_the_counter_rose_was_killed() {
    counted(1);
    worker(11, "test_small", 0, 90);
    worker(12, "test_sort", 4100, 220);
    worker(13, "test_join", 9000, 430);
    Verdict verdict = verdict();
    assertThat(verdict.kind()).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(verdict.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(verdict.headline())
        .isEqualTo(
            "The kernel killed tests/test_big.py::test_sort (pytest worker 12) for its memory.");
  }

  @Test
  void how_many_fit_is_told_with_and_without_the_largest() {
    counted(1);
    worker(11, "test_small", 8000, 30);
    worker(12, "test_sort", 4100, 80);
    worker(13, "test_join", 9000, 150);
    assertThat(verdict().evidence())
        .extracting("text")
        .contains(
            "3 processes of this kind ran side by side; the largest was"
                + " tests/test_big.py::test_join (pytest worker 13) with up to 150 MiB: of such 1 fits"
                + " into 256 MiB, and 2 once the largest runs apart");
    assertThat(postMortem().findings())
        .filteredOn(finding -> finding.id().equals("process.oom-killed"))
        .extracting("advice")
        .containsExactly(
            "Run at most 1 of them at a time (pytest -n 1). Or run tests/test_big.py::test_join"
                + " apart, and then at most 2 (pytest -n 2).");
  }

  /** Its own recording names it: it is no further process that was killed. */
  @Test
  void a_jvm_that_was_recorded_itself_is_told_once_and_for_certain() {
    counted(1);
    worker(12, "java -jar shop.jar", 4100, 240);
    killedJvm();
    assertThat(verdict().headline()).startsWith("The kernel killed the JVM at 256 MiB: ");
    assertThat(verdict().confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(postMortem().findings()).extracting("id").doesNotContain("process.oom-killed");
  }

  @Test
  void a_jvm_that_was_gone_with_another_of_its_size_is_likely_only() {
    counted(1);
    worker(13, "test_sort", 4100, 220);
    killedJvm();
    assertThat(verdict().confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(verdict().headline()).startsWith("The JVM was most likely killed at 256 MiB: ");
    assertThat(verdict().evidence())
        .extracting("text")
        .contains(
            "It counted 1 kill, and 2 processes were gone at that moment: the kernel's log tells"
                + " which it was");
    assertThat(verdict().missing()).anyMatch(text -> text.contains("--kernel-log"));
  }

  @Test
  void as_many_kills_as_were_gone_and_a_small_shell_leave_no_doubt() {
    counted(2);
    worker(13, "test_sort", 4100, 220);
    worker(14, "sh -c java", 4100, 2);
    killedJvm();
    assertThat(verdict().confidence()).isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void a_jvm_in_a_cgroup_that_others_share_is_likely_only() {
    SomeFacts shared =
        new SomeFacts()
            .run(
                ARun.of("r", NOON.plusSeconds(60))
                    .pid(5L)
                    .role(Role.SUPERVISOR)
                    .cgroup("/ci")
                    .ending(Ending.CLEAN))
            .oomKills("r", NOON, 0)
            .oomKills("r", NOON.plusMillis(4000), 1);
    Instant end = NOON.plusMillis(3900);
    shared
        .run(ARun.of("jvm", end).pid(12L).cgroup("/ci").limit(256 * MIB))
        .sample(ASample.of("jvm", end).rss(250 * MIB).heap(200 * MIB).cgroup(256 * MIB, 256 * MIB));
    assertThat(Diagnosis.of(shared.build()).verdict().confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void what_nobody_saw_go_was_that_jvm_unless_more_were_killed() {
    counted(1);
    killedJvm();
    assertThat(postMortem().findings()).extracting("id").doesNotContain("process.oom-killed");
    some.oomKills("r", NOON.plusSeconds(5), 7);
    assertThat(postMortem().findings()).extracting("id").contains("process.oom-killed");
  }

  private void killedJvm() {
    Instant end = NOON.plusMillis(3900);
    some.run(ARun.of("jvm", end).pid(12L).cgroup("/ci/memreport-5").limit(256 * MIB))
        .sample(ASample.of("jvm", end).rss(250 * MIB).heap(200 * MIB).cgroup(256 * MIB, 256 * MIB));
  }

  @Test
  void where_not_one_fits_the_limit_is_to_be_raised() {
    counted(1);
    worker(12, "test_sort", 4100, 300);
    worker(13, "test_join", 9000, 300);
    assertThat(verdict().evidence())
        .extracting("text")
        .anyMatch(text -> text.toString().endsWith("300 MiB: not one such fits into 256 MiB"));
    assertThat(postMortem().findings())
        .extracting("advice")
        .contains("Not even one as large as the largest fits: raise the limit.");
  }

  @Test
  void of_several_of_a_size_that_were_gone_at_once_none_is_named() {
    counted(1);
    worker(12, "test_sort", 4100, 220);
    worker(13, "test_join", 4300, 200);
    Verdict verdict = verdict();
    assertThat(verdict.headline())
        .isEqualTo(
            "The kernel killed one of 2 processes that were gone at that moment for its memory.");
    assertThat(verdict.culprits()).isEmpty();
    assertThat(verdict.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(verdict.missing()).anyMatch(text -> text.contains("dmesg"));
  }

  @Test
  void the_kernel_takes_the_largest() {
    counted(1);
    worker(12, "test_sort", 4100, 220);
    worker(13, "test_join", 4300, 109);
    assertThat(verdict().headline()).contains("test_sort");
  }

  @Test
  void as_many_as_were_counted_are_named() {
    counted(2);
    worker(12, "test_sort", 4100, 220);
    worker(13, "test_join", 4300, 200);
    assertThat(verdict().headline()).contains("test_sort").contains("(+1 more)");
  }

  @Test
  void in_a_cgroup_that_others_share_it_is_likely() {
    SomeFacts shared =
        new SomeFacts()
            .run(
                ARun.of("r", NOON.plusSeconds(60))
                    .pid(5L)
                    .role(Role.SUPERVISOR)
                    .cgroup("/ci")
                    .ending(Ending.CLEAN));
    shared.oomKills("r", NOON.plusSeconds(3), 0).oomKills("r", NOON.plusSeconds(4), 1);
    shared.worker("r", 12, "tail", NOON.plusMillis(4100), 220 * MIB);
    Verdict verdict = Diagnosis.of(shared.build()).verdict();
    assertThat(verdict.headline()).isEqualTo("The kernel killed tail (12) for its memory.");
    assertThat(verdict.confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void in_a_cgroup_that_others_share_what_held_little_is_not_accused() {
    SomeFacts shared =
        new SomeFacts()
            .run(
                ARun.of("r", NOON.plusSeconds(60))
                    .pid(5L)
                    .role(Role.SUPERVISOR)
                    .cgroup("/ci")
                    .ending(Ending.CLEAN));
    shared.oomKills("r", NOON.plusSeconds(3), 0).oomKills("r", NOON.plusSeconds(4), 1);
    shared.worker("r", 12, "git", NOON.plusMillis(4100), 25 * MIB);
    Verdict verdict = Diagnosis.of(shared.build()).verdict();
    assertThat(verdict.kind()).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(verdict.culprits()).isEmpty();
    assertThat(verdict.headline()).doesNotContain("git");
  }

  @Test
  void without_a_counter_nobody_says_that_nothing_was_killed() {
    worker(12, "test_sort", 4100, 220);
    assertThat(verdict().headline()).startsWith("No kill for memory was seen; ");
  }

  @Test
  void a_kill_of_nobody_whom_we_know_is_told_all_the_same() {
    counted(1);
    worker(12, "test_sort", 3300, 220);
    worker(13, "test_join", 4700, 220);
    Verdict verdict = verdict();
    assertThat(verdict.kind()).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(verdict.headline())
        .isEqualTo(
            "The kernel killed a process of this cgroup for its memory; it was not seen to go.");
    assertThat(verdict.culprits()).isEmpty();
  }

  @Test
  void without_a_kill_the_largest_is_told() {
    counted(0);
    worker(12, "test_sort", 4100, 220);
    assertThat(verdict().kind()).isEqualTo(VerdictKind.CLEAN);
    assertThat(verdict().headline())
        .isEqualTo(
            "Nothing was killed for memory; tests/test_big.py::test_sort held 220 MiB, the most.");
  }

  private void counted(long kills) {
    some.oomKills("r", NOON.plusSeconds(3), 5).oomKills("r", NOON.plusSeconds(4), 5 + kills);
  }

  private void worker(long pid, String test, long endMillis, long mib) {
    some.worker("r", pid, TITLE + test, NOON.plusMillis(endMillis), mib * MIB);
  }

  private Verdict verdict() {
    return postMortem().verdict();
  }

  private PostMortem postMortem() {
    return Diagnosis.of(some.build());
  }
}
