// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmState;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PosixRuleTest {
  @Test
  void a_file_of_postgresql_that_nobody_has_open_is_an_orphan() {
    ShmEntry entry = new ShmCase().judgedFile();
    assertThat(entry.state()).isEqualTo(ShmState.ORPHAN);
    assertThat(entry.attached()).isZero();
  }

  static Arguments[] one_condition_less() {
    return new Arguments[] {
      less(
          "open",
          ShmState.IN_USE,
          "postgres (9) and 1 more have it open",
          c -> {
            c.process(9, "postgres", ShmCase.USED);
            c.fileUsers = List.of(9L, 10L);
          }),
      less("another user's", ShmState.NOT_OURS, "another user owns it", c -> c.fileOwn = false),
      less("not PostgreSQL's", ShmState.UNKNOWN, "come back", c -> c.fileName = "sem.PostgreSQL.1"),
      less("in a folder", ShmState.UNKNOWN, "come back", c -> c.fileName = "mine/PostgreSQL.1"),
      less("a link", ShmState.UNKNOWN, "come back", c -> c.regular = false),
      less(
          "in a container", ShmState.UNKNOWN, "another container", c -> c.seesAllProcesses = false),
      less("hidden", ShmState.UNKNOWN, "not all processes", c -> c.hidesProcesses = true),
      less("unreadable", ShmState.UNKNOWN, "not all processes", c -> c.allUsersSeen = false),
      less("just changed", ShmState.UNKNOWN, "less than 60 s", c -> c.fileIdleSeconds = 59),
      less(
          "a server may own it",
          ShmState.UNKNOWN,
          "the server 8 may come back",
          c -> c.process(8, "postgres", ShmCase.USED - 9)),
      less(
          "what may be a server",
          ShmState.UNKNOWN,
          "the server 8 may come back",
          c -> c.process(8, null, ShmCase.USED - 9)),
      less(
          "a server begun just then",
          ShmState.UNKNOWN,
          "the server 8 may come back",
          c -> c.process(8, "postmaster", ShmCase.USED + 2)),
      less(
          "the clock was set",
          ShmState.UNKNOWN,
          "the server 8 may come back",
          c -> {
            c.process(8, "postgres", ShmCase.NOW - 5);
            c.bootAt = ShmCase.USED + 100;
          }),
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
    ShmEntry entry = changed.judgedFile();
    assertThat(entry.reason()).contains(reason);
    assertThat(entry.state()).isEqualTo(state);
  }

  @Test
  void servers_that_cannot_own_it_do_not_matter() {
    ShmCase others =
        new ShmCase()
            .process(8, "postgres", ShmCase.USED + 3)
            .process(9, "postgres", ShmCase.USED - 9, false, 26)
            .process(10, "postgres", ShmCase.USED - 9, true, ShmCase.OWN_UID);
    assertThat(others.judgedFile().state()).isEqualTo(ShmState.ORPHAN);
  }
}
