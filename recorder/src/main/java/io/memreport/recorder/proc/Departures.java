// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import io.memreport.recorder.event.MemreportEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which processes that this JVM started were gone when a test ended. Samples notice an end late,
 * and on a busy machine too late to say that the process did not outlive its test.
 */
public final class Departures {
  private static final Long NOT_SEEN = MemreportEvent.UNKNOWN;

  /** Ends are told of by samples: where none come, no more than this waits for them. */
  private static final int MOST = 10_000;

  /** By number, when a process was found to be gone. */
  private static final Map<Long, Long> STARTED = new ConcurrentHashMap<>();

  private Departures() {}

  /** This JVM has started a process, on a system that shows them as files. */
  public static void started(long pid) {
    if (STARTED.size() < MOST) {
      STARTED.put(pid, NOT_SEEN);
    }
  }

  /** Forgets all. */
  public static void clear() {
    STARTED.clear();
  }

  /** A test ends on this thread. Costs a read of a file for each process that runs. */
  public static void look() {
    for (Map.Entry<Long, Long> process : STARTED.entrySet()) {
      if (process.getValue().equals(NOT_SEEN)) {
        ProcStat stat = ProcStat.of(process.getKey());
        if (stat == null || !stat.isAlive()) {
          process.setValue(System.currentTimeMillis());
        }
      }
    }
  }

  /**
   * Forgets a process that has ended.
   *
   * @return milliseconds since 1970 at which it was seen to be gone, or unknown
   */
  public static long forget(long pid) {
    Long seen = STARTED.remove(pid);
    return seen == null ? MemreportEvent.UNKNOWN : seen;
  }
}
