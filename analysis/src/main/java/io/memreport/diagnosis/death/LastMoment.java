// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.rule.Samples;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.log.Killer;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogLimit;
import io.memreport.model.log.Victim;
import io.memreport.model.memory.MemorySample;

/**
 * What is known of memory when a run died, by the log and by its last sample.
 *
 * @param last its last sample, or null
 */
record LastMoment(Facts facts, Death death, MemorySample last) {
  /** A JVM that held less of what was used was not what used it up. */
  static final double MOST = 0.5;

  /** A machine with more of its memory left is not full. */
  private static final double ALMOST_FULL = 0.2;

  static LastMoment of(Facts facts, Death death) {
    return new LastMoment(facts, death, Samples.of(facts, death.run()).last());
  }

  Run run() {
    return death.run();
  }

  /** What a log tells of it, or null. */
  LogEvent event() {
    return death.event();
  }

  /** What a log tells of this JVM, or null. */
  Victim victim() {
    return death.match() == null ? null : death.match().victim();
  }

  /** What was used of the limit that was reached, or null. */
  Long usage() {
    LogEvent event = event();
    LogLimit limit = event == null ? null : event.limit();
    if (limit != null && limit.usageBytes() != null) {
      return limit.usageBytes();
    }
    if (last != null && last.cgroupBytes() != null) {
      return last.cgroupBytes();
    }
    Long machine = run().context().machineBytes();
    return last == null || machine == null || last.machineAvailableBytes() == null
        ? null
        : Long.valueOf(machine - last.machineAvailableBytes());
  }

  Long held() {
    Victim victim = victim();
    if (victim != null && victim.rssBytes() != null) {
      return victim.rssBytes();
    }
    return last == null ? null : last.rssBytes();
  }

  /**
   * Whether the machine ran full so fast that no sample saw it: what others held then is not known,
   * and the kernel takes the largest process.
   */
  boolean isUnseen() {
    LogEvent event = event();
    Long machine = run().context().machineBytes();
    return event != null
        && event.killer() == Killer.KERNEL_GLOBAL
        && machine != null
        && last != null
        && last.machineAvailableBytes() != null
        && last.machineAvailableBytes() > ALMOST_FULL * machine;
  }
}
