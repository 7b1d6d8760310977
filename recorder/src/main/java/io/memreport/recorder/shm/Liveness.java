// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.shm;

import io.memreport.recorder.proc.ProcFile;
import io.memreport.recorder.proc.ProcStat;

/** Whether a process that was once there still is. */
final class Liveness {
  /** {@code USER_HZ}, the unit of {@code /proc}: 100 on all systems that Java runs on. */
  private static final long TICKS_PER_SECOND = 100;

  /** The machine's start is known to the second. */
  private static final long SLACK_SECONDS = 2;

  private static final long BOOT = bootSeconds();

  private Liveness() {}

  /**
   * Whether it runs: it is there, no zombie, and has not got a number that was another's.
   *
   * @param seenAt when it was the one that is meant, in seconds since 1970
   */
  static boolean runs(long pid, long seenAt) {
    if (pid <= 0) {
      return false;
    }
    ProcStat stat = ProcStat.of(pid);
    return stat != null
        && stat.isAlive()
        && BOOT + stat.startTicks() / TICKS_PER_SECOND - SLACK_SECONDS <= seenAt;
  }

  private static long bootSeconds() {
    ProcFile file = new ProcFile(ProcFile.ROOT + "/stat");
    return file.read() ? file.number("btime ") : 0;
  }
}
