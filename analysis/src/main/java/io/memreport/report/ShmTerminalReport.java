// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.shm.ProcessFate;
import io.memreport.model.shm.ServerStop;
import io.memreport.model.shm.ShmCleaning;
import io.memreport.model.shm.ShmEntry;
import io.memreport.model.shm.ShmLimitUse;
import io.memreport.model.shm.ShmOutcome;
import io.memreport.model.shm.ShmRemoval;
import io.memreport.model.shm.ShmReport;
import io.memreport.model.shm.ShmServer;
import io.memreport.model.shm.ShmState;
import io.memreport.model.shm.ShmUser;
import io.memreport.report.words.Figures;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;

/** What {@code memreport shm} prints. */
public final class ShmTerminalReport {
  /** More rows than this help nobody: the JSON has them. */
  private static final int ROWS = 60;

  private static final String ROW = "%-16s  %-5s  %-24s  %-10s  %8s  %-10s  %8s  %11s  %-22s  %s";
  private static final String INDENT = "    ";

  private final TerminalText text;

  public ShmTerminalReport(PrintWriter out, TerminalStyle style) {
    text = new TerminalText(out, style);
  }

  /** Prints the segments, those that want something done first, and the limits. */
  public void print(ShmReport report) {
    boolean well =
        report.in(ShmState.ORPHAN).isEmpty() && report.in(ShmState.ABANDONED_SERVER).isEmpty();
    text.headline(well ? TerminalText.GREEN : TerminalText.RED, report.headline());
    if (!report.segments().isEmpty()) {
      text.line("");
      text.line(
          String.format(
              ROW,
              "STATE",
              "KIND",
              "ID",
              "KEY",
              "SIZE",
              "OWNER",
              "ATTACHED",
              "AGE",
              "CREATOR",
              "LAST USER"));
      report.segments().stream()
          .sorted(Comparator.comparing(entry -> urgency(entry.state())))
          .limit(ROWS)
          .forEach(this::print);
      if (report.segments().size() > ROWS) {
        text.line("and " + (report.segments().size() - ROWS) + " more: --json shows all");
      }
    }
    text.line("");
    limits(report.limits());
    text.list("Limits of this reading", report.notes());
  }

  /** Prints what was done, or would be, and what stays. */
  public void print(ShmCleaning cleaning) {
    text.headline(
        cleaning.remaining() == 0 ? TerminalText.GREEN : TerminalText.RED, done(cleaning));
    for (ShmRemoval removal : cleaning.removals()) {
      text.line("");
      text.line(
          removal.outcome().label()
              + "  "
              + removal.kind().label()
              + " "
              + removal.id()
              + ", "
              + Units.bytes(removal.bytes()));
      text.line(INDENT + removal.reason());
    }
    for (ServerStop server : cleaning.servers()) {
      text.line("");
      text.line(server.outcome().label() + "  PostgreSQL server " + server.pid());
      text.line(INDENT + server.reason());
      if (server.outcome() != ShmOutcome.STOPPED && server.outcome() != ShmOutcome.ALREADY_GONE) {
        text.line(INDENT + stop(server.user(), server.command()));
      }
    }
    if (!cleaning.left().isEmpty()) {
      text.line("");
      text.headline(TerminalText.BOLD, "Left as they are");
      cleaning.left().stream().limit(ROWS).forEach(this::left);
      if (cleaning.left().size() > ROWS) {
        text.line("  and " + (cleaning.left().size() - ROWS) + " more: --json shows all");
      }
    }
    text.list("Limits of this reading", cleaning.notes());
  }

  private static String done(ShmCleaning cleaning) {
    if (cleaning.dryRun()) {
      long count = cleaning.count(ShmOutcome.WOULD_REMOVE);
      if (count > 0) {
        return count
            + (count == 1 ? " orphan" : " orphans")
            + " with "
            + Units.bytes(cleaning.bytes(ShmOutcome.WOULD_REMOVE))
            + " can be removed: memreport shm clean --yes does it.";
      }
      return cleaning.remaining() == 0
          ? "There is nothing to remove."
          : "There are no orphans, but abandoned servers.";
    }
    long count = cleaning.count(ShmOutcome.REMOVED);
    String removed =
        count == 0
            ? "Nothing was removed"
            : count
                + (count == 1 ? " orphan" : " orphans")
                + " with "
                + Units.bytes(cleaning.bytes(ShmOutcome.REMOVED))
                + (count == 1 ? " was removed" : " were removed");
    return cleaning.remaining() == 0
        ? removed + "; nothing is left to do."
        : removed
            + "; "
            + (cleaning.remaining() == 1
                ? "1 orphan or abandoned server is left."
                : cleaning.remaining() + " orphans or abandoned servers are left.");
  }

  private void print(ShmEntry entry) {
    text.line(
        String.format(
                ROW,
                entry.state().label(),
                entry.kind().label(),
                entry.id(),
                entry.key() == null ? "-" : entry.key(),
                Units.bytes(entry.bytes()),
                owner(entry),
                entry.attached() == null ? "unknown" : entry.attached(),
                entry.ageSeconds() == null ? "unknown" : Units.seconds(entry.ageSeconds()),
                user(entry.creator()),
                user(entry.lastUser()))
            .stripTrailing());
    text.line(INDENT + entry.reason());
    ShmServer server = entry.server();
    if (server != null) {
      text.line(
          INDENT
              + "PostgreSQL "
              + (server.version() == null ? "" : server.version() + " ")
              + "server "
              + server.pid()
              + (server.dataDirectory() == null ? "" : ", data in " + server.dataDirectory()));
      if (entry.state() == ShmState.ABANDONED_SERVER) {
        text.line(INDENT + stop(server.user(), server.stop()));
      }
    }
  }

  private void left(ShmEntry entry) {
    text.line(
        "  "
            + entry.state().label()
            + "  "
            + entry.kind().label()
            + " "
            + entry.id()
            + ", "
            + Units.bytes(entry.bytes())
            + " of "
            + owner(entry)
            + ": "
            + entry.reason());
  }

  private static String stop(String user, String command) {
    return command == null
        ? "its folder's name can't be shown: stop it with pg_ctl stop -m immediate"
        : "stop it" + (user == null ? "" : " as " + user) + ": " + command;
  }

  private void limits(ShmLimitUse limits) {
    text.headline(
        TerminalText.BOLD,
        "Limits" + (limits.ipcNamespace() == null ? "" : " of " + limits.ipcNamespace()));
    limit("ids", Long.toString(limits.idsUsed()), count(limits.shmmni()), "shmmni");
    limit("pages", count(limits.pagesUsed()), count(limits.shmall()), "shmall");
    text.line("  largest segment: " + bytes(limits.shmmax()) + " (shmmax)");
    if (limits.devShmBytes() != null) {
      text.line(
          "  /dev/shm: " + bytes(limits.devShmUsedBytes()) + " of " + bytes(limits.devShmBytes()));
    }
    Long more = limits.morePostgresServers();
    if (more != null) {
      text.line(
          "  "
              + more
              + " more PostgreSQL instances fit: each takes an id"
              + (limits.devShmBytes() == null ? "" : ", and about 1.1 MB of /dev/shm"));
    }
  }

  private void limit(String what, String used, String most, String name) {
    text.line("  " + what + ": " + used + " of " + most + " (" + name + ")");
  }

  private static String count(Long number) {
    return number == null ? "unknown" : number == Long.MAX_VALUE ? "no limit" : number.toString();
  }

  private static String bytes(Long bytes) {
    return bytes != null && bytes == Long.MAX_VALUE ? "no limit" : Figures.bytes(bytes);
  }

  private static String owner(ShmEntry entry) {
    return entry.owner() == null ? String.valueOf(entry.uid()) : entry.owner();
  }

  private static String user(ShmUser user) {
    if (user == null) {
      return "";
    }
    if (user.state() == ProcessFate.NEVER || user.state() == ProcessFate.OUTSIDE) {
      return user.state().label();
    }
    return user.pid() + " " + user.state().label() + (user.name() == null ? "" : " " + user.name());
  }

  private static int urgency(ShmState state) {
    return List.of(
            ShmState.ORPHAN,
            ShmState.ABANDONED_SERVER,
            ShmState.UNKNOWN,
            ShmState.NOT_OURS,
            ShmState.IN_USE)
        .indexOf(state);
  }
}
