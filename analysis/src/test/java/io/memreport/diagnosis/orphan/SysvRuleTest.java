// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.shm.ProcessFate;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmState;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SysvRuleTest {
  @Test
  void nobody_attached_and_everybody_gone_is_an_orphan() {
    ShmEntry entry = new ShmCase().judgedSegment();
    assertThat(entry.state()).isEqualTo(ShmState.ORPHAN);
    assertThat(entry.key()).isEqualTo("0xdbcf2c4b");
    assertThat(entry.creator().state()).isEqualTo(ProcessFate.DEAD);
    assertThat(entry.reason())
        .isEqualTo(
            "nobody is attached, its creator 500 has ended, its last user 501 has ended, unused for 16:40 min");
  }

  static Arguments[] one_condition_less() {
    return new Arguments[] {
      less("attached", ShmState.IN_USE, "1 attachment", c -> c.attached = 1),
      less(
          "attached, removed",
          ShmState.IN_USE,
          "goes when the last",
          c -> {
            c.attached = 2;
            c.removed = true;
          }),
      less("another user's", ShmState.NOT_OURS, "another user owns", c -> c.own = false),
      less("a cut name", ShmState.UNKNOWN, "name is cut", c -> c.own = null),
      less("removed", ShmState.UNKNOWN, "marked for removal", c -> c.removed = true),
      less(
          "creator alive",
          ShmState.IN_USE,
          "process 500, which created it, is alive",
          c -> c.process(500, "x", ShmCase.USED - 20)),
      less(
          "last user alive",
          ShmState.IN_USE,
          "process 501, which used it last, is alive",
          c -> c.process(501, "x", ShmCase.USED - 5)),
      less(
          "creator began just then",
          ShmState.IN_USE,
          "is alive",
          c -> c.process(500, "x", ShmCase.USED - 8)),
      less(
          "creator of another container",
          ShmState.UNKNOWN,
          "another container",
          c -> c.creatorPid = 0L),
      less(
          "last user of another container",
          ShmState.UNKNOWN,
          "another container",
          c -> c.lastPid = 0L),
      less("creator unknown", ShmState.UNKNOWN, "can't be seen", c -> c.creatorPid = null),
      less("processes hidden", ShmState.UNKNOWN, "can't be seen", c -> c.hidesProcesses = true),
      less("just used", ShmState.UNKNOWN, "less than 60 s ago", c -> c.idleSeconds = 59L),
      less("used in the future", ShmState.UNKNOWN, "less than 60 s ago", c -> c.idleSeconds = -9L),
      less("time unknown", ShmState.UNKNOWN, "how long since", c -> c.idleSeconds = null),
      less(
          "a server names it",
          ShmState.IN_USE,
          "postmaster.pid of the running server 700",
          c -> c.servers.add(c.server())),
    };
  }

  private static Arguments less(
      String name, ShmState state, String reason, Consumer<ShmCase> change) {
    return Arguments.of(name, state, reason, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void one_condition_less(String name, ShmState state, String reason, Consumer<ShmCase> change) {
    ShmCase changed = new ShmCase();
    change.accept(changed);
    ShmEntry entry = changed.judgedSegment();
    assertThat(entry.reason()).contains(reason);
    assertThat(entry.state()).isEqualTo(state);
  }

  @Test
  void a_zombie_holds_nothing() {
    ShmCase zombies = new ShmCase();
    zombies.process(500, "postgres", ShmCase.USED - 20, true, ShmCase.OWN_UID);
    ShmEntry entry = zombies.judgedSegment();
    assertThat(entry.state()).isEqualTo(ShmState.ORPHAN);
    assertThat(entry.creator().state()).isEqualTo(ProcessFate.ZOMBIE);
    assertThat(entry.reason()).contains("500 has ended (a zombie)");
  }

  @Test
  void a_process_that_began_later_is_another() {
    ShmEntry entry =
        new ShmCase()
            .process(500, "bash", ShmCase.USED + 100)
            .process(501, "vi", ShmCase.USED + 3)
            .judgedSegment();
    assertThat(entry.creator().state()).isEqualTo(ProcessFate.REUSED);
    assertThat(entry.creator().name()).isNull();
    assertThat(entry.lastUser().state()).isEqualTo(ProcessFate.REUSED);
    assertThat(entry.state()).isEqualTo(ShmState.ORPHAN);
  }

  @Test
  void a_last_user_may_be_younger_than_the_segment() {
    ShmCase backend = new ShmCase().process(501, "postgres", ShmCase.USED - 1);
    backend.changedAt = ShmCase.USED - 500;
    assertThat(backend.judgedSegment().state()).isEqualTo(ShmState.IN_USE);
  }

  @Test
  void start_times_mean_nothing_after_the_clock_was_set() {
    ShmCase clockWasSet = new ShmCase().process(500, "x", ShmCase.NOW - 10);
    clockWasSet.bootAt = ShmCase.NOW - 20;
    assertThat(clockWasSet.judgedSegment().creator().state()).isEqualTo(ProcessFate.ALIVE);
    clockWasSet.bootAt = null;
    assertThat(clockWasSet.judgedSegment().state()).isEqualTo(ShmState.IN_USE);
  }

  @Test
  void nobody_ever_attached() {
    ShmCase fresh = new ShmCase();
    fresh.attachedAt = 0L;
    fresh.detachedAt = 0L;
    fresh.lastPid = 0L;
    ShmEntry entry = fresh.judgedSegment();
    assertThat(entry.lastUser().state()).isEqualTo(ProcessFate.NEVER);
    assertThat(entry.state()).isEqualTo(ShmState.ORPHAN);
  }

  @Test
  void the_least_age_is_the_callers() {
    ShmCase young = new ShmCase();
    young.idleSeconds = 0L;
    assertThat(new ShmDiagnosis(0).of(young.facts(young.segment())).in(ShmState.ORPHAN)).hasSize(1);
  }

  @Test
  void says_it_in_a_sentence() {
    ShmCase both = new ShmCase();
    assertThat(new ShmDiagnosis(60).of(both.facts(both.segment(), both.file())).headline())
        .isEqualTo(
            "2 orphans hold 1 of 32 ids and 1 file in /dev/shm, 1.00 MiB; 2 of 32 ids are taken.");
    both.attached = 1;
    assertThat(new ShmDiagnosis(60).of(both.facts(both.segment())).headline())
        .isEqualTo("No orphans; 1 of 32 ids are taken.");
  }
}
