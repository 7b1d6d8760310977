// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.PressureReading;
import io.memreport.model.log.Victim;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Facebook's oomd: to the kernel's log it writes {@code oomd kill: P10 P60 P300 CGROUP BYTES
 * ruleset:[R] …}, to its own what it does step by step: BaseKillPlugin.cpp and Ruleset.cpp.
 */
public final class FacebookOomd implements Recogniser {
  private static final String CGROUPS = "/sys/fs/cgroup/";
  private static final Pattern FIRED =
      Pattern.compile("DetectorGroup=(.{1,200}) has fired for Ruleset=(.{1,200}?)(?:\\.| with )");
  private static final Pattern TRYING =
      Pattern.compile(
          "\\.cpp:\\d+\\] (OOMD: In dry-run mode; would have tried|Trying) to kill (/\\S{1,400})");
  private static final Pattern KILLED =
      Pattern.compile(
          "\\.cpp:\\d+\\] Killed (\\d{1,6}):((?: \\d{1,10}(?:\\([^)]{0,64}\\))?\\S*)*)");
  private static final Pattern PROCESS = Pattern.compile("(\\d{1,10})(?:\\(([^)]{0,64})\\))?");

  private String ruleset;
  private String detector;

  @Override
  public List<String> keywords() {
    return List.of("oomd kill: ", "DetectorGroup=", ".cpp:");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    return fired(line) || trying(line, events) || killed(line, events) || summary(line, events);
  }

  private boolean fired(LogLine line) {
    Matcher fired = FIRED.matcher(line.text());
    if (!fired.find()) {
      return false;
    }
    detector = fired.group(1);
    ruleset = fired.group(2);
    return true;
  }

  private boolean trying(LogLine line, EventLog events) {
    Matcher trying = TRYING.matcher(line.text());
    if (!trying.find()) {
      return false;
    }
    boolean dry = !trying.group(1).equals("Trying");
    String cgroup = relative(trying.group(2));
    // Only what follows tells whether there was a process to kill.
    EventBuilder event = of(cgroup, line, events, EventKind.NO_KILL);
    event.detail(
        dry
            ? "oomd runs dry: it only says what it would have killed."
            : "oomd tried to kill what is in " + cgroup + ".");
    detail(event, "ruleset ", ruleset);
    detail(event, "detector group ", detector);
    return true;
  }

  private static boolean killed(LogLine line, EventLog events) {
    Matcher killed = KILLED.matcher(line.text());
    if (!killed.find()) {
      return false;
    }
    EventBuilder event = events.near(line, known -> known.killer == Killer.FACEBOOK_OOMD);
    if (event == null) {
      event = events.add(EventKind.NO_KILL, Killer.FACEBOOK_OOMD);
    }
    event.sign(line);
    if (!killed.group(1).equals("0")) {
      died(event);
    }
    Matcher process = PROCESS.matcher(killed.group(2));
    while (process.find()) {
      Victim victim = Victim.named(Long.valueOf(process.group(1)), process.group(2));
      event.victim(event.victims.isEmpty() ? victim : victim.asCollateral());
    }
    return true;
  }

  private static boolean summary(LogLine line, EventLog events) {
    String rest = line.after("oomd kill: ");
    if (rest == null) {
      return false;
    }
    String[] fields = rest.strip().split(" +", 6);
    Double tenSeconds = fields.length < 5 ? null : LogLine.decimalAt(fields[0], 0);
    if (tenSeconds == null) {
      return false;
    }
    EventBuilder event = of(relative(fields[3]), line, events, EventKind.OOM_KILL);
    died(event);
    event.pressure = new PressureReading(fields[3], tenSeconds, null, null, null, null, null, null);
    Long bytes = LogLine.numberAt(fields[4], 0);
    if (bytes != null) {
      event.limits.add(new LogLimit("memory", bytes, null, null));
    }
    detail(event, "ruleset ", line.between("ruleset:[", "]"));
    detail(event, "detector group ", line.between("detectorgroup:[", "]"));
    if (line.has("dry:[true]") || line.has("(dry)")) {
      event.kind = EventKind.NO_KILL;
      event.detail("oomd runs dry: it only says what it would have killed.");
    }
    return true;
  }

  private static EventBuilder of(String cgroup, LogLine line, EventLog events, EventKind kind) {
    EventBuilder known =
        events.near(
            line,
            event ->
                event.killer == Killer.FACEBOOK_OOMD
                    && event.pressure == null
                    && cgroup.equals(event.victimCgroup));
    EventBuilder event = known == null ? events.add(kind, Killer.FACEBOOK_OOMD) : known;
    event.victimCgroup = cgroup;
    event.limitCgroup = cgroup;
    event.constraint = "pressure";
    return event.sign(line);
  }

  private static void died(EventBuilder event) {
    event.kind = EventKind.OOM_KILL;
    event.detail.removeIf(words -> words.startsWith("oomd tried "));
  }

  private static String relative(String cgroup) {
    return cgroup.startsWith(CGROUPS) ? cgroup.substring(CGROUPS.length()) : cgroup;
  }

  private static void detail(EventBuilder event, String name, String value) {
    if (value != null && !value.isEmpty()) {
      event.detail(name + value);
    }
  }
}
