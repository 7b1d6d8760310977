// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.killer;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.Recogniser;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import java.util.List;
import java.util.Objects;

/**
 * What the service manager says of its units. It learns of kernel kills from {@code memory.events},
 * which counts those of all cgroups below: each slice above the unit says the same again.
 */
public final class SystemdUnits implements Recogniser {
  /** Up to version 257, and since. */
  private static final List<String> BY_KERNEL =
      List.of(
          ": A process of this unit has been killed by the OOM killer",
          ": The kernel OOM killer killed some processes in this unit");

  private static final String BY_OOMD = ": systemd-oomd killed ";
  private static final String RESULT = ": Failed with result '";
  private static final String EXITED = "process exited, code=";

  @Override
  public List<String> keywords() {
    return List.of(
        "has been killed by the OOM killer",
        "The kernel OOM killer killed some processes",
        ": systemd-oomd killed ",
        "Failed with result '",
        "code=killed",
        "status=137",
        "status=143",
        " memory peak");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    return byKernel(line, events)
        || byOomd(line, events)
        || ended(line, events)
        || consumed(line, events);
  }

  private boolean byKernel(LogLine line, EventLog events) {
    String unit =
        BY_KERNEL.stream().map(line::before).filter(Objects::nonNull).findFirst().orElse(null);
    if (unit == null) {
      return false;
    }
    EventBuilder known = events.near(line, event -> event.killer.isLinuxKernel() && isKill(event));
    EventBuilder event = known == null ? events.add(EventKind.OOM_KILL, Killer.KERNEL) : known;
    boolean vague = event.victimCgroup == null || isSlice(event.victimCgroup) && !isSlice(unit);
    if (vague && event.victims.isEmpty()) {
      event.victimCgroup = unit;
    }
    event
        .sign(line)
        .detail("The service manager names the unit " + unit + ".")
        .note(
            "The service manager reports a kernel kill for the unit and again for each slice above"
                + " it; systemd-oomd has no part in it.");
    return true;
  }

  private static boolean isSlice(String unit) {
    return unit.endsWith(".slice") && unit.indexOf('/') < 0;
  }

  private boolean byOomd(LogLine line, EventLog events) {
    String unit = line.before(BY_OOMD);
    if (unit == null) {
      return false;
    }
    EventBuilder known =
        events.near(line, event -> event.killer == Killer.SYSTEMD_OOMD && isKill(event));
    EventBuilder event =
        known == null ? events.add(EventKind.OOM_KILL, Killer.SYSTEMD_OOMD) : known;
    if (event.victimCgroup == null) {
      event.victimCgroup = unit;
    }
    Long count = line.number(BY_OOMD);
    event
        .sign(line)
        .detail(
            "In "
                + unit
                + " it killed "
                + (count == null
                    ? "some processes."
                    : count + (count == 1 ? " process." : " processes.")));
    return true;
  }

  private boolean ended(LogLine line, EventLog events) {
    String result = line.between(RESULT, "'");
    String exited = line.after(EXITED);
    if (result == null && exited == null) {
      return false;
    }
    boolean oom = "oom-kill".equals(result);
    boolean killed = exited != null && (exited.contains("/KILL") || exited.contains("status=137"));
    EventBuilder known = events.near(line, SystemdUnits::isKill);
    if (known != null) {
      known.sign(line);
    } else if (oom) {
      events
          .add(EventKind.OOM_KILL, Killer.UNKNOWN)
          .sign(line)
          .detail("The service manager names the unit " + line.before(RESULT) + ".")
          .note(
              "The result 'oom-kill' follows a kill by the kernel, and since version 251 also one by"
                  + " systemd-oomd: which of them is in the lines before.");
    } else if (killed) {
      events
          .add(EventKind.KILLED, Killer.UNKNOWN)
          .sign(line)
          .exit(137)
          .detail(line.before(": "))
          .note(UnknownKills.NOTE);
    }
    return known != null || oom || killed;
  }

  private boolean consumed(LogLine line, EventLog events) {
    if (!line.has("Consumed ") || !line.has(" memory peak")) {
      return false;
    }
    EventBuilder known = events.near(line, SystemdUnits::isKill);
    if (known == null) {
      return false;
    }
    String peak = line.before(" memory peak");
    known
        .sign(line)
        .detail("At its peak the unit used " + peak.substring(peak.lastIndexOf(' ') + 1) + ".");
    return true;
  }

  private static boolean isKill(EventBuilder event) {
    return event.kind == EventKind.OOM_KILL || event.kind == EventKind.KILLED;
  }
}
