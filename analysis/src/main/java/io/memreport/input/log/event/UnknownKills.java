// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.event;

import io.memreport.input.log.line.LogLine;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.Killer;

/**
 * Exits with 137 and the like: 128 plus the number of the signal. They say that somebody sent
 * SIGKILL, not who.
 */
public final class UnknownKills {
  public static final int SIGKILL = 137;
  public static final int SIGTERM = 143;
  public static final String NOTE =
      "Status 137 is SIGKILL: from the kernel's OOM killer, from another killer, from a time limit or"
          + " by hand. The kernel's log of that time decides.";
  public static final String TERMINATED =
      "Status 143 is SIGTERM: never the kernel's OOM killer; earlyoom, nohang, an eviction, a time"
          + " limit or a person sends it.";

  /** The kernel's line with the name alone. */
  public static final String NO_SIZES =
      "The line that tells what the victim held is not in this text.";

  private UnknownKills() {}

  /** Adds what a tool says of an exit to the kill that it follows, or as one of its own. */
  public static EventBuilder report(LogLine line, EventLog events, int status) {
    EventBuilder known = events.near(line, 120, EventBuilder::isDeath);
    if (known != null) {
      known.sign(line);
      if (known.exitStatus == null) {
        known.exitStatus = status;
      }
      return known;
    }
    EventBuilder event = events.add(EventKind.KILLED, Killer.UNKNOWN).sign(line).exit(status);
    return event.note(status == SIGTERM ? TERMINATED : NOTE);
  }

  public static boolean isSignal(Long status) {
    return status != null && (status == SIGKILL || status == SIGTERM);
  }
}
