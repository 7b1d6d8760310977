// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogMemory;
import io.memreport.model.log.LogSign;
import io.memreport.model.log.LogTime;
import io.memreport.model.log.PressureReading;
import io.memreport.model.log.TaskTable;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An event while its lines come in. */
final class EventBuilder {
  private static final int MOST_SIGNS = 40;
  private static final int MOST_VICTIMS = 500;

  EventKind kind;
  Killer killer;
  String constraint;
  LogTime at;
  String kernel;
  String limitCgroup;
  String victimCgroup;
  boolean groupKill;
  Trigger trigger;
  final List<LogLimit> limits = new ArrayList<>();
  LogMemory memory;
  TaskTable tasks;
  final List<Victim> victims = new ArrayList<>();
  PressureReading pressure;
  SharedMemoryDraft sharedMemory;
  Integer exitStatus;
  final List<String> detail = new ArrayList<>();
  final List<String> notes = new ArrayList<>();
  final List<LogSign> signs = new ArrayList<>();

  EventBuilder(EventKind kind, Killer killer) {
    this.kind = kind;
    this.killer = killer;
  }

  EventBuilder sign(LogLine line) {
    if (at == null) {
      at = line.time();
    }
    if (signs.size() < MOST_SIGNS) {
      signs.add(line.sign());
    }
    return this;
  }

  EventBuilder constraint(String words) {
    constraint = words;
    return this;
  }

  EventBuilder victim(Victim victim) {
    if (victims.size() < MOST_VICTIMS) {
      victims.add(victim);
    }
    return this;
  }

  EventBuilder exit(int status) {
    exitStatus = status;
    return this;
  }

  EventBuilder detail(String words) {
    if (!detail.contains(words) && detail.size() < MOST_SIGNS) {
      detail.add(words);
    }
    return this;
  }

  EventBuilder note(String words) {
    if (!notes.contains(words)) {
      notes.add(words);
    }
    return this;
  }

  /** Whether a process ended here, so that what tools say of an exit may be about it. */
  boolean isDeath() {
    return kind != EventKind.NO_KILL && kind != EventKind.SHM_EXHAUSTED;
  }

  boolean hasVictim(Long pid) {
    return pid != null && victims.stream().anyMatch(victim -> pid.equals(victim.pid()));
  }

  long lastLine() {
    return signs.isEmpty() ? 0 : signs.get(signs.size() - 1).line();
  }

  String source() {
    return signs.isEmpty() ? null : signs.get(0).source();
  }

  /** Seconds between two events by the same clock, or null if their lines have none in common. */
  Double secondsFrom(LogTime other) {
    return secondsBetween(at, other);
  }

  static Double secondsBetween(LogTime one, LogTime other) {
    if (one == null || other == null) {
      return null;
    }
    if (one.uptimeSeconds() != null && other.uptimeSeconds() != null) {
      return Math.abs(one.uptimeSeconds() - other.uptimeSeconds());
    }
    if (one.instant() != null && other.instant() != null) {
      return Math.abs(
          one.instant().toEpochMilli() / 1000.0 - other.instant().toEpochMilli() / 1000.0);
    }
    return Objects.equals(one.text(), other.text()) ? 0.0 : null;
  }

  LogEvent build(String id) {
    return new LogEvent(
        id,
        kind,
        killer,
        constraint,
        at,
        kernel,
        limitCgroup,
        victimCgroup,
        groupKill,
        trigger,
        List.copyOf(limits),
        memory,
        tasks,
        List.copyOf(victims),
        pressure,
        sharedMemory == null ? null : sharedMemory.build(),
        exitStatus,
        List.copyOf(detail),
        List.copyOf(notes),
        List.copyOf(signs));
  }
}
