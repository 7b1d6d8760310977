// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.shm.OwnerMark;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmState;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerRuleTest {
  private static ShmEntry judged(ShmCase machine) {
    machine.attached = 6;
    machine.creatorPid = 700L;
    machine.process(700, "postgres", ShmCase.BOOT + machine.serverTicks / 100);
    machine.servers.add(machine.server());
    return machine.judgedSegment();
  }

  @Test
  void a_server_that_nobody_can_have_started_is_abandoned() {
    ShmEntry entry = judged(new ShmCase());
    assertThat(entry.state()).isEqualTo(ShmState.ABANDONED_SERVER);
    assertThat(entry.reason())
        .contains("no JVM or other test runtime of its user or root that is older than the server");
    assertThat(entry.server().stop())
        .isEqualTo("/usr/lib/postgresql/15/bin/pg_ctl -D /tmp/embedded-pg/1 stop -m immediate");
  }

  static Arguments[] one_condition_less() {
    return new Arguments[] {
      less(
          "its parent lives",
          "runs under process 42",
          c -> {
            c.parentPid = 42;
            c.process(42, "sh", ShmCase.BOOT);
          }),
      less("data at home", "not in a temporary folder", c -> c.dataDirectory = "/home/x/pg"),
      less(
          "like a temporary folder", "not in a temporary folder", c -> c.dataDirectory = "/tmpx/1"),
      less("data unknown", "can't be read", c -> c.dataDirectory = null),
      less("a service", "a service of systemd", c -> c.cgroup = "/system.slice/pg@15.service"),
      less(
          "a service of the user",
          "a service of systemd",
          c -> c.cgroup = "/user.slice/user@1000.service/app.slice/pg.service"),
      less(
          "an older JVM",
          "java (5), which is older, may have started it",
          c -> c.process(5, "java", ShmCase.BOOT + 400)),
      less(
          "an older JVM of root",
          "java (5)",
          c -> c.process(5, "java", ShmCase.BOOT + 400, false, 0)),
      less("processes hidden", "can't be seen", c -> c.hidesProcesses = true),
      less("an older test in Go", "db.test (5)", c -> c.process(5, "db.test", ShmCase.BOOT + 400)),
      less(
          "the JVM of the mark lives",
          "JVM 5, which started it, is alive",
          c -> {
            c.process(5, "java", ShmCase.BOOT + 600);
            c.ownerMark = new OwnerMark(5, 60_000);
          }),
      less(
          "the JVM of the mark is not seen",
          "lives can't be seen",
          c -> {
            c.ownerMark = new OwnerMark(5, 60_000);
            c.seesAllProcesses = false;
          }),
    };
  }

  private static Arguments less(String name, String reason, Consumer<ShmCase> change) {
    return Arguments.of(name, reason, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void one_condition_less(String name, String reason, Consumer<ShmCase> change) {
    ShmCase changed = new ShmCase();
    change.accept(changed);
    ShmEntry entry = judged(changed);
    assertThat(entry.reason()).contains(reason);
    assertThat(entry.state()).isEqualTo(ShmState.IN_USE);
    assertThat(entry.server().stop()).isNull();
  }

  static Arguments[] abandoned_all_the_same() {
    return new Arguments[] {
      Arguments.of("a younger JVM", (Consumer<ShmCase>) c -> c.process(5, "java", ShmCase.NOW - 9)),
      Arguments.of(
          "another user's JVM",
          (Consumer<ShmCase>) c -> c.process(5, "java", ShmCase.BOOT, false, 3)),
      Arguments.of(
          "a JVM that has ended",
          (Consumer<ShmCase>) c -> c.process(5, "java", ShmCase.BOOT, true, ShmCase.OWN_UID)),
      Arguments.of(
          "a deleted folder",
          (Consumer<ShmCase>)
              c -> {
                c.dataDirectory = "/home/x/pg";
                c.dataDirectoryGone = true;
              }),
      Arguments.of(
          "below the user's systemd",
          (Consumer<ShmCase>)
              c -> {
                c.parentPid = 42;
                c.process(42, "systemd", ShmCase.BOOT);
                c.cgroup = "/user.slice/user@1000.service/app.slice/term.scope";
              }),
      Arguments.of(
          "the mark's JVM is gone, others live",
          (Consumer<ShmCase>)
              c -> {
                c.process(6, "java", ShmCase.BOOT);
                c.ownerMark = new OwnerMark(5, 60_000);
              }),
      Arguments.of(
          "the mark's number is another JVM's",
          (Consumer<ShmCase>)
              c -> {
                c.process(5, "java", ShmCase.BOOT + 100);
                c.ownerMark = new OwnerMark(5, 60_000);
              }),
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void abandoned_all_the_same(String name, Consumer<ShmCase> change) {
    ShmCase changed = new ShmCase();
    change.accept(changed);
    assertThat(judged(changed).state()).isEqualTo(ShmState.ABANDONED_SERVER);
  }

  @Test
  void its_command_can_be_pasted() {
    ShmCase odd = new ShmCase();
    odd.dataDirectory = "/tmp/it's; rm -rf x";
    odd.pgCtl = null;
    assertThat(judged(odd).server().stop())
        .isEqualTo("pg_ctl -D '/tmp/it'\\''s; rm -rf x' stop -m immediate");
    ShmCase hidden = new ShmCase();
    hidden.dataDirectory = "/tmp/a\u001b[2J";
    assertThat(judged(hidden).server().stop()).isNull();
  }

  @Test
  void a_server_whose_files_cannot_be_read_is_known_by_its_process() {
    ShmCase closed = new ShmCase();
    closed.segmentId = null;
    assertThat(judged(closed).server().pid()).isEqualTo(700);
  }

  @Test
  void a_mark_is_a_process_and_its_start() {
    assertThat(OwnerMark.parse("12:345")).isEqualTo(new OwnerMark(12, 345));
    assertThat(OwnerMark.parse("12:345:later")).isEqualTo(new OwnerMark(12, 345));
    assertThat(OwnerMark.parse("12")).isNull();
    assertThat(OwnerMark.parse("x:y")).isNull();
  }
}
