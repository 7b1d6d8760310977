// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.build;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.input.log.platform.Sizes;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Refused;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nobody is killed: the pids controller refuses a thread, SQLite or another gets no memory. */
public final class Refusals implements Recogniser {
  private static final String PIDS = "fork rejected by pids controller in ";
  private static final Pattern NO_MEMORY =
      Pattern.compile(
          "\\[SQLITE_NOMEM|SQLITE_NOMEM[:\\]] |\\bSQLiteOutOfMemoryException\\b|sqlite3\\.\\w*Error: out of memory"
              + "|SqliteError: out of memory|\\(code 7 SQLITE_NOMEM|[Rr]esult ?[Cc]ode:? SQLITE_NOMEM"
              + "|SQLITE_NOMEM \\(out of memory\\)|\\bcode: 'SQLITE_NOMEM'|SQLite Error 7: 'out of memory'"
              + "|General error: 7 out of memory|\\bout of memory \\(7\\)|OutOfMemory, extended_code: 7\\b"
              + "|SQLiteException: \\[7\\] .{0,200}\\[out of memory\\]");

  /**
   * What a collection of Node.js left: {@code Mark-sweep 5815.5 (6172.0) -> 5814.5 (6187.8) MB}.
   */
  private static final Pattern NODE =
      Pattern.compile(
          "\\[(\\d{1,10}):\\S{1,20}\\] .{0,120} -> ([\\d.]{1,12}) \\([\\d.]{1,12}\\) MB");

  private LogLine collection;

  @Override
  public List<String> keywords() {
    List<String> words =
        new ArrayList<>(
            List.of(
                PIDS,
                " ms: Scavenge",
                " ms: Mark-",
                "SQLITE_NOMEM",
                "SQLiteOutOfMemoryException",
                "ut of memory",
                "OutOfMemory, ext"));
    RefusedProgram.ALL.forEach(program -> words.add(program.keyword()));
    return words;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    String cgroup = line.after(PIDS);
    if (cgroup != null) {
      pids(line, events, cgroup.strip());
      return true;
    }
    if (line.has(" ms: Scavenge") || line.has(" ms: Mark-")) {
      collection = line;
      return true;
    }
    Matcher sqlite = NO_MEMORY.matcher(line.text());
    if (!sqlite.find()) {
      return program(line, events);
    }
    refused(line.shownFrom(sqlite.start()), events, Refused.SQLITE)
        .note(
            "SQLite's own allocation failed: by its heap limit (PRAGMA hard_heap_limit), by the limit"
                + " of the process, or for a value that is too large; the Java heap has no part in it.");
    return true;
  }

  private boolean program(LogLine line, EventLog events) {
    for (RefusedProgram program : RefusedProgram.ALL) {
      if (line.has(program.keyword())) {
        Matcher found = program.pattern().matcher(line.text());
        if (found.find()) {
          tell(program, found, line, events);
          return true;
        }
      }
    }
    return false;
  }

  private void tell(RefusedProgram program, Matcher found, LogLine line, EventLog events) {
    EventBuilder commit =
        program.who() == Refused.GO
            ? events.near(line, 5, event -> Refused.COMMIT.constraint().equals(event.constraint))
            : null;
    if (commit != null) {
      // The same program, which goes on to say that it ends for it.
      commit.sign(line);
      return;
    }
    EventBuilder event = refused(line.shownFrom(found.start()), events, program.who());
    event.platform(program.platform());
    Long asked = bytes(program, found, "asked");
    if (asked != null && event.trigger == null) {
      event.trigger = new Trigger(program.who().constraint(), null, null, asked + " bytes");
    }
    Long limit = bytes(program, found, "limit");
    Long used = bytes(program, found, "used");
    if (event.limits.isEmpty() && (limit != null || used != null)) {
      event.limits.add(new LogLimit("memory", used, limit, null));
    }
    who(program, found, event);
    Matcher heap = collection == null ? null : NODE.matcher(collection.text());
    if (program.who() == Refused.NODE && heap != null && heap.find()) {
      event.sign(collection);
      event.victim(Victim.named(Long.valueOf(heap.group(1)), "node"));
      event.limits.add(
          new LogLimit("JavaScript heap", Sizes.bytes(heap.group(2) + "MB"), null, null));
      collection = null;
    }
  }

  /** The process, or the one that has the most. */
  private static void who(RefusedProgram program, Matcher found, EventBuilder event) {
    if (!program.hasGroup("name")) {
      return;
    }
    Long pid = Long.valueOf(found.group("pid"));
    Long most = bytes(program, found, "most");
    if (most == null && event.victims.isEmpty()) {
      event.victim(Victim.named(pid, found.group("name")));
    } else if (most != null && event.trigger == null) {
      event.trigger =
          new Trigger(found.group("name").replaceAll(" +", " "), pid, null, most + " bytes");
    }
  }

  private static Long bytes(RefusedProgram program, Matcher found, String group) {
    String size = program.hasGroup(group) ? found.group(group) : null;
    return size == null ? null : Sizes.bytes(size);
  }

  private static EventBuilder refused(LogLine line, EventLog events, Refused who) {
    EventBuilder known = events.near(line, 60, event -> who.constraint().equals(event.constraint));
    EventBuilder event = known == null ? events.add(EventKind.REFUSED, Killer.UNKNOWN) : known;
    return event.sign(line).constraint(who.constraint());
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
      event.constraint(Refused.PIDS.constraint());
    }
    event.note(NOTE);
  }

  static final String NOTE =
      "The kernel's pids controller refused it: the limit counts tasks, that is processes and threads,"
          + " and is that of the cgroup, not of the JVM.";

  /** Whether an event is about threads that the system refused. */
  static boolean isOfThreads(EventBuilder event) {
    return Refused.PIDS.constraint().equals(event.constraint)
        || event.kind == EventKind.JAVA_OOM
            && (event.constraint == null && event.limitCgroup != null
                || event.constraint != null && event.constraint.contains("native thread"));
  }
}
