// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import io.memreport.model.shm.ProcessFate;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmProcess;

/** What became of the process behind a number that the kernel keeps. */
final class Fate {
  /** Start times come in ticks since a boot that is known to the second. */
  static final long SLACK_SECONDS = 2;

  private Fate() {}

  /**
   * Tells it.
   *
   * @param pid the kernel's number, 0 for a process of another PID namespace
   * @param usedAt when it used the segment, in seconds since 1970, or null
   */
  static ProcessFate of(Long pid, Long usedAt, ShmFacts facts) {
    if (pid == null) {
      return ProcessFate.UNKNOWN;
    }
    if (pid == 0) {
      return ProcessFate.OUTSIDE;
    }
    ShmProcess process = facts.processes().get(pid);
    if (process == null) {
      return facts.hidesProcesses() ? ProcessFate.UNKNOWN : ProcessFate.DEAD;
    }
    if (process.zombie()) {
      return ProcessFate.ZOMBIE;
    }
    return beganAfter(process.startedAt(), usedAt, facts) ? ProcessFate.REUSED : ProcessFate.ALIVE;
  }

  /**
   * Whether a start surely lies after a time. A time before the boot shows that the clock was set
   * since, and then no start can be compared with it.
   */
  static boolean beganAfter(Long startedAt, Long time, ShmFacts facts) {
    return startedAt != null
        && time != null
        && startedAt > time + SLACK_SECONDS
        && facts.bootAt() != null
        && time >= facts.bootAt() - SLACK_SECONDS;
  }
}
