// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.PressureReading;
import io.memreport.model.log.Victim;
import java.util.List;

/** systemd-oomd, from version 247 on: src/oom/oomd-manager.c and oomd-util.c of systemd. */
public final class SystemdOomd implements Recogniser {
  private static final List<String> VERBS = List.of("Killed ", "Marked ");

  @Override
  public List<String> keywords() {
    return List.of(
        " due to memory pressure for ",
        " due to memory used (",
        "Memory pressure for ",
        "Swap used (",
        "oomd attempting to kill",
        "Failed to kill any cgroup",
        "oomd dry-run",
        "for killing, top candidates",
        "oomd prekill hook",
        "conditions met for cgroup");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    return survey(line, events)
        || decided(line, events)
        || killed(line, events)
        || condition(line, events)
        || step(line, events);
  }

  private boolean survey(LogLine line, EventLog events) {
    if (line.has("oomd dry-run")) {
      events
          .add(EventKind.NO_KILL, Killer.SYSTEMD_OOMD)
          .sign(line)
          .constraint("dry run")
          .detail("systemd-oomd runs with --dry-run: it only says what it would have killed.");
      return true;
    }
    if (line.has("for killing, top candidates")) {
      if (nearest(line, events) == null) {
        events
            .add(EventKind.NO_KILL, Killer.SYSTEMD_OOMD)
            .sign(line)
            .constraint("survey")
            .detail("systemd-oomd looked at candidates; this line tells of no kill.");
      }
      return true;
    }
    return false;
  }

  private boolean decided(LogLine line, EventLog events) {
    for (String verb : VERBS) {
      int at = line.text().indexOf(verb);
      int due = line.text().indexOf(" due to memory ", Math.max(at, 0));
      if (at >= 0 && due > at) {
        String cgroup =
            line.text().substring(at + verb.length(), due).replaceAll(" for killing$", "");
        EventBuilder event = begin(line, events, cgroup);
        event.victimCgroup = cgroup;
        event.pressure = line.has(" due to memory pressure for ") ? pressure(line) : used(line);
        event.limitCgroup = event.pressure.cgroup() == null ? null : event.pressure.cgroup();
        event.constraint = event.pressure.percent() == null ? "swap" : "pressure";
        return true;
      }
    }
    return false;
  }

  /** What came before of the same decision, or a new event. */
  private static EventBuilder begin(LogLine line, EventLog events, String cgroup) {
    EventBuilder begun =
        events.near(
            line,
            event ->
                event.killer == Killer.SYSTEMD_OOMD
                    && (event.victimCgroup == null
                        || cgroup == null
                        || event.victimCgroup.equals(cgroup)
                        || cgroup.endsWith("/" + event.victimCgroup)));
    EventBuilder event =
        begun == null ? events.add(EventKind.OOM_KILL, Killer.SYSTEMD_OOMD) : begun;
    event.kind = EventKind.OOM_KILL;
    if ("survey".equals(event.constraint)) {
      event.detail.clear();
    }
    return event.sign(line);
  }

  private static PressureReading pressure(LogLine line) {
    String cgroup = line.between("memory pressure for ", " being ");
    String rest = line.after(" being ");
    return new PressureReading(
        cgroup,
        rest == null ? null : LogLine.decimalAt(rest, 0),
        line.decimal("% > "),
        line.between("for > ", " with"),
        null,
        null,
        null,
        null);
  }

  private static PressureReading used(LogLine line) {
    String memory = line.after("memory used");
    String swap = line.after("swap used");
    return new PressureReading(
        null,
        null,
        line.decimal("more than "),
        null,
        memory == null ? null : LogLine.numberAt(memory, 2),
        memory == null ? null : after(memory, "total ("),
        swap == null ? null : LogLine.numberAt(swap, 2),
        swap == null ? null : after(swap, "total ("));
  }

  private static Long after(String text, String words) {
    int at = text.indexOf(words);
    return at < 0 ? null : LogLine.numberAt(text, at + words.length());
  }

  private boolean killed(LogLine line, EventLog events) {
    Long pid = line.number("oomd attempting to kill ");
    if (pid == null) {
      return false;
    }
    EventBuilder event = begin(line, events, null);
    if (!event.hasVictim(pid)) {
      event.victim(Victim.named(pid, null));
    }
    return true;
  }

  /**
   * The reason without a "Killed": all that 247 writes, and what later ones write for debugging.
   */
  private boolean condition(LogLine line, EventLog events) {
    boolean pressure =
        line.has("Memory pressure for ")
            && (line.has(" is greater than ") || line.has("% > "))
            && line.has("reclaim activity");
    boolean swap = line.has("Swap used (") && line.has("is more than ");
    if (!pressure && !swap) {
      return false;
    }
    EventBuilder event = begin(line, events, null);
    if (event.pressure == null) {
      event.pressure =
          pressure
              ? new PressureReading(
                  line.between("Memory pressure for ", " is "),
                  line.has("% > ") ? line.decimal(" is ") : null,
                  line.decimal(line.has("% > ") ? "% > " : "greater than "),
                  line.between(line.has("for > ") ? "for > " : "for more than ", " "),
                  null,
                  null,
                  null,
                  null)
              : new PressureReading(
                  null,
                  null,
                  line.decimal("more than "),
                  null,
                  null,
                  null,
                  line.number("Swap used ("),
                  line.number("total ("));
      event.constraint = pressure ? "pressure" : "swap";
      event.limitCgroup = event.pressure.cgroup();
    }
    return true;
  }

  private boolean step(LogLine line, EventLog events) {
    String under = line.between("Failed to kill any cgroup(s) under ", " based on");
    if (under != null) {
      EventBuilder event = begin(line, events, null);
      event.limitCgroup = event.limitCgroup == null ? under : event.limitCgroup;
      event.note(
          "systemd-oomd says that it failed to kill; the cgroup may have gone while it did, so that"
              + " processes died all the same.");
      return true;
    }
    if (line.has("oomd prekill hook") || line.has("conditions met for cgroup")) {
      EventBuilder event = nearest(line, events);
      if (event == null) {
        event = events.add(EventKind.OOM_KILL, Killer.SYSTEMD_OOMD);
        event.victimCgroup =
            line.has("conditions met")
                ? line.between("for cgroup ", " for ")
                : line.after("for cgroup ");
        event.constraint = line.has("conditions met") ? "rule" : null;
      }
      event.sign(line);
      return true;
    }
    return false;
  }

  private static EventBuilder nearest(LogLine line, EventLog events) {
    return events.near(line, event -> event.killer == Killer.SYSTEMD_OOMD);
  }
}
