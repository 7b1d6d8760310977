// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.AnEvent;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Processes that ended by SIGKILL below a JVM that lived on. */
class ChildKillsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MIB = 1 << 20;

  private final SomeFacts some =
      new SomeFacts()
          .run(ARun.of("r", NOON.plusSeconds(60)).ending(Ending.CLEAN))
          .test(ATest.of("r", "renders"));

  @Test
  void the_kernel_s_counter_and_the_exit_status_make_it_certain() {
    counted(1);
    child(70, 137L);
    Verdict verdict = verdict();
    assertThat(verdict.kind()).isEqualTo(VerdictKind.OOM_KILL);
    assertThat(verdict.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(verdict.headline())
        .isEqualTo("The kernel killed ffmpeg (70), which OrderTest.renders() had started.");
    assertThat(verdict.culprits())
        .extracting("type", "name", "bytes")
        .containsExactly(
            tuple("process", "ffmpeg (70)", 150 * MIB),
            tuple("test", "OrderTest.renders()", 150 * MIB));
    assertThat(postMortem().findings()).extracting("id").contains("process.oom-killed");
  }

  @Test
  void a_test_may_kill_what_it_started() {
    counted(0);
    child(70, 137L);
    assertThat(verdict().kind()).isEqualTo(VerdictKind.CLEAN);
  }

  @Test
  void without_a_counter_nothing_is_known() {
    child(70, 137L);
    assertThat(verdict().kind()).isEqualTo(VerdictKind.CLEAN);
  }

  @Test
  void what_ended_otherwise_was_not_killed() {
    counted(1);
    child(70, 0L);
    child(71, 143L);
    assertThat(verdict().kind()).isEqualTo(VerdictKind.CLEAN);
  }

  @Test
  void more_ends_than_kills_are_no_proof_for_each() {
    counted(1);
    child(70, 137L);
    child(71, 137L);
    Verdict verdict = verdict();
    assertThat(verdict.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(verdict.culprits()).filteredOn("type", "process").hasSize(1);
  }

  @Test
  void a_shell_that_passes_the_status_on_is_not_the_one_that_was_killed() {
    counted(1);
    some.child("r", "r/renders", 70, "sh -c run", NOON.plusSeconds(10), 137L, 1, MIB);
    some.child("r", "r/renders", 71, "nice run", NOON.plusSeconds(10), null, 70, MIB);
    some.child("r", "r/renders", 72, "tail", NOON.plusSeconds(12), null, 71, 90 * MIB);
    some.child("r", "r/renders", 73, "later", NOON.plusSeconds(13), null, 70, 95 * MIB);
    some.child("r", "r/renders", 74, "other", NOON.plusSeconds(10), null, 1, 95 * MIB);
    some.child("r", "r/renders", 75, "told", NOON.plusSeconds(10), 0L, 70, 95 * MIB);
    Verdict verdict = verdict();
    assertThat(verdict.culprits().get(0).name()).isEqualTo("tail (72)");
    assertThat(verdict.confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void who_started_smaller_ones_was_killed_itself() {
    counted(1);
    some.child("r", "r/renders", 70, "ffmpeg", NOON.plusSeconds(10), 137L, 1, 90 * MIB);
    some.child("r", "r/renders", 71, "small", NOON.plusSeconds(10), null, 70, 90 * MIB);
    assertThat(verdict().culprits().get(0).name()).isEqualTo("ffmpeg (70)");
    assertThat(verdict().confidence()).isEqualTo(Confidence.CERTAIN);
  }

  @Test
  void a_log_that_names_it_at_that_time_needs_no_counter() {
    child(70, null);
    some.event(AnEvent.kill().victim(70L, "ffmpeg", 150 * MIB).at(NOON.plusSeconds(15)));
    assertThat(verdict().confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(verdict().killer()).isEqualTo("kernel");
  }

  @Test
  void a_number_of_another_hour_is_another_process() {
    child(70, 137L);
    some.event(AnEvent.kill().victim(70L, "ffmpeg", 150 * MIB).at(NOON.plusSeconds(16)));
    assertThat(verdict().kind()).isEqualTo(VerdictKind.CLEAN);
  }

  private void counted(long kills) {
    some.oomKills("r", NOON, 4).oomKills("r", NOON.plusSeconds(30), 4 + kills);
  }

  private void child(long pid, Long exitStatus) {
    some.child("r", "r/renders", pid, "/usr/bin/ffmpeg -i film", NOON.plusSeconds(10), exitStatus);
  }

  private Verdict verdict() {
    return postMortem().verdict();
  }

  private PostMortem postMortem() {
    return Diagnosis.of(some.build());
  }
}
