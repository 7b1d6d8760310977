// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.event;

import io.memreport.model.log.Killer;
import io.memreport.model.log.Victim;
import java.util.Objects;

/** One kill may stand in several logs that are read together: kern.log and the journal. */
public final class DuplicateKills {
  private static final double SAME_SECONDS = 3;

  /** Watchers of the kernel's log look at it now and then. */
  private static final double HEARSAY_SECONDS = 120;

  /** Without times the parts of one report stand this close together. */
  private static final long CLOSE_LINES = 60;

  private DuplicateKills() {}

  /**
   * Drops the event if an earlier one tells of the same kill, which gets what only this one has.
   */
  public static boolean merge(EventBuilder event, EventLog events) {
    for (EventBuilder other : events.all()) {
      if (other != event && isSame(other, event)) {
        adopt(other, event);
        events.remove(event);
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(EventBuilder one, EventBuilder other) {
    if (one.victims.isEmpty() || other.victims.isEmpty()) {
      return false;
    }
    Victim first = one.victims.get(0);
    Victim second = other.victims.get(0);
    Double seconds = one.secondsFrom(other.at);
    return first.pid() != null
        && first.pid().equals(second.pid())
        && Objects.equals(first.name(), second.name())
        && (first.anonBytes() == null || second.anonBytes() == null
            ? isHearsay(one) && (seconds == null || seconds <= HEARSAY_SECONDS)
                || seconds != null && seconds <= SAME_SECONDS
                || isClose(one, other)
            : Objects.equals(first.anonBytes(), second.anonBytes())
                && Objects.equals(first.totalVmBytes(), second.totalVmBytes())
                && (seconds == null || seconds <= SAME_SECONDS));
  }

  /** Whether both are of the kernel, in a log without times, and close to each other. */
  private static boolean isClose(EventBuilder one, EventBuilder other) {
    return one.at == null
        && other.at == null
        && one.killer.isLinuxKernel()
        && other.killer.isLinuxKernel()
        && Objects.equals(one.source(), other.source())
        && Math.abs(one.lastLine() - other.lastLine()) <= CLOSE_LINES;
  }

  /** What others tell of a kernel's kill, as the kubelet does. */
  private static boolean isHearsay(EventBuilder event) {
    return event.killer == Killer.KERNEL && event.constraint == null;
  }

  /**
   * Takes what the service manager said of a kill before the kernel's report of it was written: the
   * two have a log of their own each.
   */
  public static void takeUnit(EventBuilder kill, EventLog events) {
    for (EventBuilder other : events.all()) {
      Double seconds = other.secondsFrom(kill.at);
      boolean together = seconds != null && seconds <= SAME_SECONDS;
      boolean vague = isHearsay(other) && other.victims.isEmpty() && other.trigger == null;
      if (other != kill
          && together
          && vague
          && kill.victimCgroup != null
          && other.victimCgroup != null
          && kill.victimCgroup.contains(other.victimCgroup)) {
        other.detail.forEach(kill::detail);
        other.notes.forEach(kill::note);
        kill.signs.addAll(other.signs);
        events.remove(other);
        return;
      }
    }
  }

  /**
   * Takes what stands of a report before its kill in a log whose latest line comes first, so that
   * it is read after it.
   */
  public static boolean mergeHead(EventBuilder head, EventLog events) {
    for (EventBuilder other : events.all()) {
      Double seconds = other.secondsFrom(head.at);
      boolean together = seconds == null ? isClose(other, head) : seconds <= SAME_SECONDS;
      if (other != head
          && together
          && other.killer.isLinuxKernel()
          && other.trigger == null
          && !other.victims.isEmpty()) {
        adopt(other, head);
        events.remove(head);
        return true;
      }
    }
    return false;
  }

  private static void adopt(EventBuilder kept, EventBuilder dropped) {
    if (kept.victims.get(0).anonBytes() == null
        && !dropped.victims.isEmpty()
        && dropped.victims.get(0).anonBytes() != null) {
      kept.victims.set(0, dropped.victims.get(0));
      kept.notes.remove(UnknownKills.NO_SIZES);
    }
    if (isHearsay(kept) && !dropped.victims.isEmpty()) {
      kept.killer = dropped.killer;
      kept.constraint = dropped.constraint;
      kept.victims.set(0, dropped.victims.get(0));
      dropped.signs.forEach(kept.signs::add);
    }
    kept.kernel = kept.kernel == null ? dropped.kernel : kept.kernel;
    kept.trigger = kept.trigger == null ? dropped.trigger : kept.trigger;
    kept.memory = kept.memory == null ? dropped.memory : kept.memory;
    kept.tasks = kept.tasks == null ? dropped.tasks : kept.tasks;
    kept.limitCgroup = kept.limitCgroup == null ? dropped.limitCgroup : kept.limitCgroup;
    kept.victimCgroup = kept.victimCgroup == null ? dropped.victimCgroup : kept.victimCgroup;
    if (kept.limits.isEmpty()) {
      kept.limits.addAll(dropped.limits);
    }
    for (Victim victim : dropped.victims) {
      if (!kept.hasVictim(victim.pid())) {
        kept.victim(victim);
      }
    }
    if (kept.at == null || kept.at.assumed() && dropped.at != null && !dropped.at.assumed()) {
      kept.at = dropped.at;
    }
  }
}
