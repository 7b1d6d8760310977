// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** nohang, which describes its victim over several lines. */
public final class Nohang implements Recogniser {
  private static final int LINES = 40;

  /** Whom it found before it looks again; what it then does stands below. */
  private static final Pattern FOUND =
      Pattern.compile("^PID: (\\d{1,10}), [Nn]ame: (.{1,100}), badness: \\d");

  /** An action of the user's own in place of a signal; only kill tells what became of it. */
  private static final Pattern COMMAND =
      Pattern.compile("^Run the command: kill -(?:SIG)?(TERM|KILL|15|9) (\\d{1,10})\\b");

  private EventBuilder event;
  private int left;
  private LogLine found;

  @Override
  public List<String> keywords() {
    return List.of(
        "Victim status (found in",
        "Victim information (found in",
        " to the victim",
        "nohang",
        ", badness: ",
        "Run the command: kill -");
  }

  @Override
  public boolean isOpen() {
    return event != null && left > 0;
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (line.has("Victim status (found in") || line.has("Victim information (found in")) {
      event = events.add(EventKind.OOM_KILL, Killer.NOHANG).sign(line);
      event.victim(Victim.named(null, null));
      left = LINES;
      return true;
    }
    if (FOUND.matcher(line.text()).find()) {
      found = line;
      return true;
    }
    Matcher command = COMMAND.matcher(line.text());
    if (command.find()) {
      command(command, line, events);
      return true;
    }
    if (event == null || left-- <= 0) {
      return false;
    }
    if (line.has(" to the victim")) {
      event.sign(line);
      event.constraint = line.has("SIGKILL") ? "SIGKILL" : "SIGTERM";
      event.exitStatus = line.has("SIGKILL") ? UnknownKills.SIGKILL : UnknownKills.SIGTERM;
      event = null;
      return true;
    }
    int colon = line.text().indexOf(':');
    return colon > 0
        && field(line.text().substring(0, colon).strip(), line.text().substring(colon + 1).strip());
  }

  private void command(Matcher command, LogLine line, EventLog events) {
    EventBuilder ended = event == null ? events.add(EventKind.OOM_KILL, Killer.NOHANG) : event;
    boolean killed = command.group(1).equals("KILL") || command.group(1).equals("9");
    ended.constraint = killed ? "SIGKILL" : "SIGTERM";
    ended.exitStatus = killed ? UnknownKills.SIGKILL : UnknownKills.SIGTERM;
    Matcher named = found == null ? null : FOUND.matcher(found.text());
    if (ended.victims.isEmpty()) {
      boolean same = named != null && named.find() && named.group(1).equals(command.group(2));
      if (same) {
        ended.sign(found);
      }
      ended.victim(Victim.named(Long.valueOf(command.group(2)), same ? named.group(2) : null));
    }
    ended.sign(line);
    event = null;
  }

  private boolean field(String name, String value) {
    Victim known = event.victims.get(0);
    switch (name) {
      case "Name" -> replace(known, known.pid(), value, known.rssBytes(), known.swapBytes());
      case "PID" -> {
        Long pid = LogLine.numberAt(value, 0);
        replace(known, pid, known.name(), known.rssBytes(), known.swapBytes());
      }
      case "VmRSS" -> replace(known, known.pid(), known.name(), size(value), known.swapBytes());
      case "VmSwap" -> replace(known, known.pid(), known.name(), known.rssBytes(), size(value));
      case "cgroup_v1", "cgroup_v2" -> {
        if (!value.isEmpty() && event.victimCgroup == null) {
          event.victimCgroup = value;
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void replace(Victim known, Long pid, String name, Long rss, Long swap) {
    event.victims.set(
        0,
        new Victim(pid, name, false, known.uid(), rss, null, null, null, swap, null, null, null));
  }

  /** In MiB, whether it says M or MiB. */
  private static Long size(String value) {
    Long number = LogLine.numberAt(value, 0);
    return number == null || number > Long.MAX_VALUE >> 20 || value.indexOf('M') < 0
        ? null
        : Long.valueOf(number << 20);
  }
}
