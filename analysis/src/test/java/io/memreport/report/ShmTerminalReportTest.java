// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.shm.ProcessFate;
import io.memreport.model.shm.ServerStop;
import io.memreport.model.shm.ShmCleaning;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmKind;
import io.memreport.model.shm.ShmLimitUse;
import io.memreport.model.shm.ShmOutcome;
import io.memreport.model.shm.ShmRemoval;
import io.memreport.model.shm.ShmReport;
import io.memreport.model.shm.ShmState;
import io.memreport.model.shm.ShmUser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShmTerminalReportTest {
  private static final ShmLimitUse LIMITS =
      new ShmLimitUse(
          32L, 3, Long.MAX_VALUE, 3L, 4096L, null, 4_400_000L, 1_100_000L, "ipc:[4026531839]");

  private final StringWriter out = new StringWriter();
  private final ShmTerminalReport terminal =
      new ShmTerminalReport(new PrintWriter(out, true), TerminalStyle.PLAIN);

  @Test
  void puts_the_answer_first_then_orphans_then_the_limits() {
    terminal.print(
        report(
            entry(ShmState.IN_USE, "4", "6 attachments"),
            entry(ShmState.ORPHAN, "5", "nobody is attached")));
    assertThat(out.toString())
        .startsWith("The headline.\n\nSTATE")
        .containsSubsequence("orphan ", "nobody is attached", "in-use ", "6 attachments")
        .contains("12 zombie", "13 alive postgres", "16:40 min")
        .contains("  ids: 3 of 32 (shmmni)\n  pages: 3 of no limit (shmall)\n")
        .contains("  largest segment: unknown (shmmax)\n")
        .contains("  3 more PostgreSQL instances fit: each takes an id, and about 1.1 MB");
  }

  @Test
  void names_move_no_cursor() {
    terminal.print(report(entry(ShmState.UNKNOWN, "sem.\u001b[2J\nx\u202e", "\u0007why")));
    assertThat(out.toString()).doesNotContain("\u001b", "\u202e", "\u0007", "2J\n");
  }

  @Test
  void many_rows_are_cut_and_counted() {
    terminal.print(
        report(
            Collections.nCopies(100, entry(ShmState.IN_USE, "4", "why")).toArray(ShmEntry[]::new)));
    assertThat(out.toString()).contains("and 40 more: --json shows all");
  }

  @Test
  void says_what_was_removed_and_what_stays() {
    ServerStop server =
        new ServerStop(9, "dana", "/tmp/pg", "pg_ctl stop", ShmOutcome.KEPT, "why kept");
    terminal.print(
        new ShmCleaning(
            "s",
            Instant.EPOCH,
            false,
            List.of(server),
            List.of(
                removal("5", ShmOutcome.REMOVED, "safe"),
                removal("6", ShmOutcome.FAILED, "denied")),
            List.of(entry(ShmState.IN_USE, "4", "6 attachments")),
            2,
            List.of()));
    assertThat(out.toString())
        .startsWith("1 orphan with 56 B was removed; 2 orphans or abandoned servers are left.\n")
        .contains("removed  sysv 5, 56 B\n    safe\n", "failed  sysv 6, 56 B\n    denied\n")
        .contains("kept  PostgreSQL server 9\n    why kept\n    stop it as dana: pg_ctl stop\n")
        .contains("  in-use  sysv 4, 56 B of dana: 6 attachments\n");
  }

  @Test
  void a_look_says_what_would_be_removed() {
    terminal.print(
        new ShmCleaning(
            "s",
            Instant.EPOCH,
            true,
            List.of(),
            List.of(removal("5", ShmOutcome.WOULD_REMOVE, "safe")),
            List.of(),
            1,
            List.of()));
    assertThat(out.toString())
        .startsWith("1 orphan with 56 B can be removed: memreport shm clean --yes does it.\n");
  }

  private static ShmRemoval removal(String id, ShmOutcome outcome, String reason) {
    return new ShmRemoval(ShmKind.SYSV, id, "0x00000000", 56, outcome, reason);
  }

  private static ShmEntry entry(ShmState state, String id, String reason) {
    return new ShmEntry(
        ShmKind.SYSV,
        id,
        "0x00000000",
        56,
        "600",
        1000L,
        "dana",
        new ShmUser(12L, null, ProcessFate.ZOMBIE),
        new ShmUser(13L, "postgres", ProcessFate.ALIVE),
        0L,
        1000L,
        state,
        reason,
        null,
        null);
  }

  private static ShmReport report(ShmEntry... entries) {
    return new ShmReport(
        "s", Instant.EPOCH, "The headline.", 1000L, "dana", LIMITS, List.of(entries), List.of());
  }
}
