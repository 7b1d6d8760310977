// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.document;

import io.memreport.input.log.event.EventBuilder;
import io.memreport.input.log.event.EventLog;
import io.memreport.input.log.event.UnknownKills;
import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Platform;
import io.memreport.model.log.Victim;

/**
 * How a container ended, as a platform shows it.
 *
 * @param name of the container, or null
 * @param id of the container, or null
 * @param outOfMemory whether the platform says that it was killed for memory
 * @param status that it ended with, or null
 * @param limitBytes of its memory, or null
 */
record Ending(
    Platform platform,
    String name,
    String id,
    boolean outOfMemory,
    Integer status,
    Long limitBytes) {

  private static final String UNSAID =
      "Status 137 is SIGKILL, and the platform does not say that it was for memory.";

  /** Makes an event of it; null if it ended by itself. */
  EventBuilder tell(LogLine line, EventLog events) {
    boolean killed = status != null && UnknownKills.isSignal(status.longValue());
    if (!outOfMemory && !killed) {
      return null;
    }
    EventBuilder event =
        events
            .add(
                outOfMemory ? EventKind.OOM_KILL : EventKind.KILLED,
                outOfMemory ? Killer.KERNEL_MEMCG : Killer.UNKNOWN)
            .sign(line)
            .platform(platform);
    event.constraint = outOfMemory ? "memory" : null;
    event.victimCgroup = id;
    event.exitStatus = status;
    if (name != null) {
      event.victim(Victim.named(null, name));
    }
    if (limitBytes != null && limitBytes > 0) {
      event.limits.add(new LogLimit("memory", null, limitBytes, null));
    }
    event.note(
        outOfMemory
            ? "The platform says that a process of the container was killed for its memory; which one, and"
                + " what it held, is in the kernel's log of that machine."
            : status == UnknownKills.SIGTERM ? UnknownKills.TERMINATED : UNSAID);
    return event;
  }
}
