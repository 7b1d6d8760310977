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
import java.util.List;

/**
 * Facebook's oomd writes to the kernel's log: {@code oomd kill: P10 P60 P300 CGROUP BYTES
 * ruleset:[R] …}.
 */
public final class FacebookOomd implements Recogniser {
  @Override
  public List<String> keywords() {
    return List.of("oomd kill: ");
  }

  @Override
  public boolean read(LogLine line, EventLog events) {
    String rest = line.after("oomd kill: ");
    if (rest == null) {
      return false;
    }
    String[] fields = rest.strip().split(" +", 6);
    Double tenSeconds = fields.length < 5 ? null : LogLine.decimalAt(fields[0], 0);
    if (tenSeconds == null) {
      return false;
    }
    EventBuilder event = events.add(EventKind.OOM_KILL, Killer.FACEBOOK_OOMD).sign(line);
    event.victimCgroup = fields[3];
    event.limitCgroup = fields[3];
    event.constraint = "pressure";
    event.pressure = new PressureReading(fields[3], tenSeconds, null, null, null, null, null, null);
    Long bytes = LogLine.numberAt(fields[4], 0);
    if (bytes != null) {
      event.limits.add(new LogLimit("memory", bytes, null, null));
    }
    addDetail(event, line, "ruleset:[", "ruleset ");
    addDetail(event, line, "detectorgroup:[", "detector group ");
    if (line.has("dry:[true]") || line.has("(dry)")) {
      event.kind = EventKind.NO_KILL;
      event.detail("oomd runs dry: it only says what it would have killed.");
    }
    return true;
  }

  private static void addDetail(EventBuilder event, LogLine line, String words, String name) {
    String value = line.between(words, "]");
    if (value != null && !value.isEmpty()) {
      event.detail(name + value);
    }
  }
}
