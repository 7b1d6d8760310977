// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.event;

import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.LogMemory;
import io.memreport.model.log.LogSign;
import io.memreport.model.log.LogTime;
import io.memreport.model.log.Platform;
import io.memreport.model.log.PressureReading;
import io.memreport.model.log.TaskTable;
import io.memreport.model.log.Trigger;
import io.memreport.model.log.Victim;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** An event while its lines come in. */
public final class EventBuilder {
  private static final int MOST_SIGNS = 40;
  private static final int MOST_VICTIMS = 500;

  public EventKind kind;
  public Killer killer;
  public String constraint;
  public LogTime at;
  public String kernel;
  public String limitCgroup;
  public String victimCgroup;
  public boolean groupKill;
  public Trigger trigger;
  public final List<LogLimit> limits = new ArrayList<>();
  public LogMemory memory;
  public TaskTable tasks;
  public final List<Victim> victims = new ArrayList<>();
  public PressureReading pressure;
  public SharedMemoryDraft sharedMemory;
  public Integer exitStatus;
  public Platform platform;
  public boolean inferred;
  public final List<String> detail = new ArrayList<>();
  public final List<String> notes = new ArrayList<>();
  final List<LogSign> signs = new ArrayList<>();
  private long lastLine;

  public EventBuilder(EventKind kind, Killer killer) {
    this.kind = kind;
    this.killer = killer;
  }

  public EventBuilder sign(LogLine line) {
    if (at == null) {
      at = line.time();
    }
    lastLine = line.number();
    LogSign sign = line.sign();
    boolean repeated = signs.stream().anyMatch(known -> known.text().equals(sign.text()));
    if (signs.size() < MOST_SIGNS && !repeated) {
      signs.add(sign);
    }
    return this;
  }

  public EventBuilder constraint(String words) {
    constraint = words;
    return this;
  }

  public EventBuilder victim(Victim victim) {
    if (victims.size() < MOST_VICTIMS) {
      victims.add(victim);
    }
    return this;
  }

  public EventBuilder platform(Platform ranIt) {
    platform = ranIt;
    return this;
  }

  /** A limit that stands behind what it ended. */
  public void limitIfMissing(Platform ranIt, long bytes) {
    if (platform == ranIt && kind == EventKind.OOM_KILL && limits.isEmpty()) {
      limits.add(new LogLimit("memory", null, bytes, null));
    }
  }

  public EventBuilder exit(int status) {
    exitStatus = status;
    return this;
  }

  public EventBuilder detail(String words) {
    if (!detail.contains(words) && detail.size() < MOST_SIGNS) {
      detail.add(words);
    }
    return this;
  }

  public EventBuilder note(String words) {
    if (!notes.contains(words)) {
      notes.add(words);
    }
    return this;
  }

  /** Whether a process ended here, so that what tools say of an exit may be about it. */
  public boolean isDeath() {
    return switch (kind) {
      case NO_KILL, SHM_EXHAUSTED, REFUSED -> false;
      default -> true;
    };
  }

  public boolean hasVictim(Long pid) {
    return pid != null && victims.stream().anyMatch(victim -> pid.equals(victim.pid()));
  }

  long lastLine() {
    return lastLine;
  }

  public String source() {
    return signs.isEmpty() ? null : signs.get(0).source();
  }

  /** Seconds between two events by the same clock, or null if their lines have none in common. */
  public Double secondsFrom(LogTime other) {
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
        List.copyOf(signs),
        platform,
        inferred);
  }
}
