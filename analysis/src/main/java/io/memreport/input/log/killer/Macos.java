// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel of macOS: bsd/kern/kern_memorystatus.c and osfmk/vm/vm_compressor.c of XNU. */
public final class Macos implements Recogniser {
  private static final Pattern KILLING =
      Pattern.compile(
          "memorystatus: killing_(\\w{1,40}) (?:process )?pid (\\d{1,10}) \\[([^\\]]{0,100})\\]"
              + " \\(([\\w-]{1,60})[^)]{0,120}\\)(?: (\\d{1,12})KB)?");
  private static final Pattern LARGEST =
      Pattern.compile(
          "killing largest compressed process (?:with pid (\\d{1,10}) \\(([^)]{0,100})\\) and size"
              + " |([^\\[]{0,100}) \\[(\\d{1,10})\\] )(\\d{1,10}) MB");
  private static final double STORY_SECONDS = 300;

  @Override
  public List<String> keywords() {
    return List.of(
        "memorystatus: killing_",
        "killing largest compressed process",
        "no paging space action",
        "failed to create swapfile",
        "vnode_setsize for swap files failed",
        "System is unhealthy");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    return jetsam(line, events) || largest(line, events) || noSwap(line, events);
  }

  private static boolean jetsam(LogLine line, EventLog events) {
    Matcher found = KILLING.matcher(line.text());
    if (!found.find()) {
      return false;
    }
    String cause = found.group(4);
    boolean routine =
        cause.contains("idle-exit")
            || found.group(1).startsWith("idle")
            || cause.equals("highwater");
    EventBuilder event =
        events.add(routine ? EventKind.NO_KILL : EventKind.OOM_KILL, Killer.MACOS).sign(line);
    event.constraint = cause;
    Long kilobytes = found.group(5) == null ? null : Long.valueOf(found.group(5));
    event.victim(
        Victim.of(
            Long.valueOf(found.group(2)),
            found.group(3),
            kilobytes == null ? null : Long.valueOf(kilobytes << 10)));
    if (routine) {
      event.detail("macOS ends idle processes as a matter of routine, memory or not.");
    }
    return true;
  }

  private static boolean largest(LogLine line, EventLog events) {
    Matcher found = LARGEST.matcher(line.text());
    if (!found.find()) {
      return false;
    }
    EventBuilder event = story(line, events);
    event.kind = EventKind.OOM_KILL;
    String pid = found.group(1) == null ? found.group(4) : found.group(1);
    String name = found.group(2) == null ? found.group(3) : found.group(2);
    Long pidNumber = Long.valueOf(pid);
    if (!event.hasVictim(pidNumber)) {
      event.victim(Victim.of(pidNumber, name, Long.parseLong(found.group(5)) << 20));
    }
    event.note("The size is what the process has in the compressor, beside what it has in memory.");
    return true;
  }

  private static boolean noSwap(LogLine line, EventLog events) {
    if (line.has("no paging space action")) {
      EventBuilder event = story(line, events);
      event.kind = EventKind.OOM_KILL;
      return true;
    }
    if (line.has("failed to create swapfile")
        || line.has("vnode_setsize for swap files failed")
        || line.has("System is unhealthy")) {
      EventBuilder event = story(line, events);
      if (line.has("failed: 28")) {
        event.note("Error 28 is ENOSPC: the disk is full, so that swap can't grow.");
      }
      return true;
    }
    return false;
  }

  private static EventBuilder story(LogLine line, EventLog events) {
    EventBuilder known =
        events.near(
            line,
            STORY_SECONDS,
            event -> event.killer == Killer.MACOS && "no paging space".equals(event.constraint));
    EventBuilder event = known == null ? events.add(EventKind.NO_KILL, Killer.MACOS) : known;
    event.constraint = "no paging space";
    return event.sign(line);
  }
}
