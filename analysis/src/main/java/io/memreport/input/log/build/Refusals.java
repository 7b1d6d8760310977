// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nobody dies: the pids controller refuses a thread, SQLite gets no memory. */
public final class Refusals implements Recogniser {
  private static final String PIDS = "fork rejected by pids controller in ";
  private static final Pattern NO_MEMORY =
      Pattern.compile(
          "\\[SQLITE_NOMEM|SQLITE_NOMEM[:\\]] |\\bSQLiteOutOfMemoryException\\b|sqlite3\\.\\w*Error: out of memory"
              + "|SqliteError: out of memory|\\(code 7 SQLITE_NOMEM|[Rr]esult ?[Cc]ode:? SQLITE_NOMEM"
              + "|SQLITE_NOMEM \\(out of memory\\)|\\bcode: 'SQLITE_NOMEM'|SQLite Error 7: 'out of memory'"
              + "|General error: 7 out of memory|\\bout of memory \\(7\\)|OutOfMemory, extended_code: 7\\b"
              + "|SQLiteException: \\[7\\] .{0,200}\\[out of memory\\]");

  @Override
  public List<String> keywords() {
    return List.of(
        PIDS, "SQLITE_NOMEM", "SQLiteOutOfMemoryException", "ut of memory", "OutOfMemory, ext");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    String cgroup = line.after(PIDS);
    if (cgroup != null) {
      pids(line, events, cgroup.strip());
      return true;
    }
    Matcher sqlite = NO_MEMORY.matcher(line.text());
    if (!sqlite.find()) {
      return false;
    }
    EventBuilder known = events.near(line, 5, event -> "SQLITE_NOMEM".equals(event.constraint));
    EventBuilder event = known == null ? events.add(EventKind.REFUSED, Killer.UNKNOWN) : known;
    event
        .sign(line.shownFrom(sqlite.start()))
        .constraint("SQLITE_NOMEM")
        .note(
            "SQLite's own allocation failed: by its heap limit (PRAGMA hard_heap_limit), by the limit"
                + " of the process, or for a value that is too large; the Java heap has no part in it.");
    return true;
  }

  private static void pids(LogLine line, EventLog events, String cgroup) {
    EventBuilder known =
        events.near(
            line,
            60,
            event ->
                isOfThreads(event)
                    && (event.limitCgroup == null || event.limitCgroup.equals(cgroup)));
    EventBuilder event = known == null ? events.add(EventKind.REFUSED, Killer.KERNEL) : known;
    event.sign(line);
    event.limitCgroup = cgroup;
    if (event.kind == EventKind.REFUSED) {
      event.constraint("pids.max");
    }
    event.note(NOTE);
  }

  static final String NOTE =
      "The kernel's pids controller refused it: the limit counts tasks, that is processes and threads,"
          + " and is that of the cgroup, not of the JVM.";

  /** Whether an event is about threads that the system refused. */
  static boolean isOfThreads(EventBuilder event) {
    return "pids.max".equals(event.constraint)
        || event.kind == EventKind.JAVA_OOM
            && (event.constraint == null && event.limitCgroup != null
                || event.constraint != null && event.constraint.contains("native thread"));
  }
}
