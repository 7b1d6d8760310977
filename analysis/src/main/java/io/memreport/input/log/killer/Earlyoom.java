// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.PressureReading;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** earlyoom: kill.c and main.c of its sources. Sizes are MiB. */
public final class Earlyoom implements Recogniser {
  /**
   * Before 1.2: the reason in one line, and in the next whom it kills, or that the kernel shall.
   */
  private static final Pattern OLD_REASON =
      Pattern.compile(
          "(?:^|[: ])(?:Out of memory! avail: \\d{1,12} MiB < min:|(?:Low|Out of) memory! mem avail: )");

  private static final Pattern OLD_KILL =
      Pattern.compile("(?:^|: )Killing process (\\d{1,10}) (\\S.{0,100})$");
  private static final String INVOKING = "Invoking oom killer";
  private static final long OLD_LINES = 5;

  private LogLine reason;
  private LogLine available;
  private LogLine limits;

  @Override
  public List<String> keywords() {
    return List.of(
        "mem avail:",
        "Out of memory! avail: ",
        INVOKING,
        "low memory! at or below",
        "Low Memory! At or below",
        "sending SIG",
        "illing process ",
        "escalating to SIGKILL",
        "did not exit",
        "kill failed:");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    if (OLD_REASON.matcher(line.text()).find()) {
      reason = line;
      available = line.has("mem avail:") ? line : available;
      return true;
    }
    if (line.has("mem avail:")) {
      available = line;
      return true;
    }
    if (reason != null && line.number() - reason.number() <= OLD_LINES && old(line, events)) {
      return true;
    }
    if (line.has("low memory! at or below") || line.has("Low Memory! At or below")) {
      limits = line;
      return true;
    }
    Long pid = line.number("to process ");
    boolean sending = line.has("sending SIG") && pid != null && line.has("VmRSS");
    Long old = line.has("illing process '") ? line.number("pid: ") : line.number("illing process ");
    if (sending || old != null && line.has("VmRSS")) {
      kill(line, events, sending ? pid : old);
      return true;
    }
    EventBuilder known = events.near(line, 120, event -> event.killer == Killer.EARLYOOM);
    if (known == null) {
      return false;
    }
    known.sign(line);
    if (line.has("did not exit")) {
      known.note("The process had not ended when earlyoom stopped waiting for it.");
    } else if (line.has("escalating to SIGKILL")) {
      known.note("SIGTERM did not help in time: SIGKILL followed.");
    }
    return true;
  }

  private boolean old(LogLine line, EventLog events) {
    Matcher kill = OLD_KILL.matcher(line.text());
    if (kill.find()) {
      EventBuilder event = events.add(EventKind.OOM_KILL, Killer.EARLYOOM).sign(reason).sign(line);
      event.pressure = reading();
      event.victim(Victim.named(Long.valueOf(kill.group(1)), kill.group(2)));
      reason = null;
      available = null;
      return true;
    }
    if (!line.text().contains(INVOKING)) {
      return false;
    }
    EventBuilder known = events.near(line, 120, event -> event.killer == Killer.KERNEL_SYSRQ);
    EventBuilder event =
        known == null ? events.add(EventKind.OOM_KILL, Killer.KERNEL_SYSRQ) : known;
    event.sign(reason).sign(line).note("earlyoom asked the kernel to: its option -k.");
    reason = null;
    return true;
  }

  private void kill(LogLine line, EventLog events, Long pid) {
    EventBuilder same =
        events.near(line, 30, event -> event.killer == Killer.EARLYOOM && event.hasVictim(pid));
    if (same != null) {
      same.sign(line);
      return;
    }
    EventBuilder event = events.add(EventKind.OOM_KILL, Killer.EARLYOOM);
    String signal = line.has("SIGKILL") || line.has("signal 9") ? "SIGKILL" : "SIGTERM";
    event.constraint = signal;
    event.exitStatus = signal.equals("SIGKILL") ? UnknownKills.SIGKILL : UnknownKills.SIGTERM;
    if (available != null) {
      event.sign(available);
    }
    if (limits != null) {
      event.sign(limits);
    }
    event.sign(line);
    event.pressure = reading();
    Long megabytes = line.has("VmRSS: ") ? line.number("VmRSS: ") : line.number("VmRSS ");
    String quoted = line.between("\"", "\"");
    Long rss = megabytes == null || megabytes > Long.MAX_VALUE >> 20 ? null : megabytes << 20;
    event.victim(
        new Victim(
            pid,
            quoted == null ? line.between("process '", "'") : quoted,
            false,
            line.number("uid "),
            rss,
            null,
            null,
            null,
            null,
            null,
            null,
            line.number("oom_score_adj ")));
    available = null;
    limits = null;
  }

  private PressureReading reading() {
    if (available == null) {
      return null;
    }
    Long free = mebibytes(available, "mem avail:");
    // The oldest tell no total.
    Long total = mebibytes(available, " of ");
    String swap = available.after("swap free:");
    Long swapFree = swap == null ? null : shifted(LogLine.numberAt(swap, 0));
    Long swapTotal =
        swap == null ? null : shifted(new LogLine(swap, null, null, false, "", 0).number(" of "));
    return new PressureReading(
        null,
        null,
        limits == null ? null : limits.decimal("mem "),
        null,
        free == null || total == null ? null : Long.valueOf(total - free),
        total,
        swapFree == null || swapTotal == null ? null : Long.valueOf(swapTotal - swapFree),
        swapTotal);
  }

  private static Long mebibytes(LogLine line, String words) {
    return shifted(line.number(words));
  }

  private static Long shifted(Long mebibytes) {
    return mebibytes == null || mebibytes > Long.MAX_VALUE >> 20
        ? null
        : Long.valueOf(mebibytes << 20);
  }
}
