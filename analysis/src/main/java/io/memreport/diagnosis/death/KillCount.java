// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.CgroupSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A rise of the kernel's counter of OOM kills in a run's cgroup, {@code oom_kill} in memory.events
 * (v2) or memory.oom_control (v1).
 *
 * @param from when the counter had not risen yet
 * @param to when it was seen to have risen
 * @param limitBytes of the cgroup, or null
 */
record KillCount(Instant from, Instant to, long kills, Long limitBytes) {
  /**
   * Counter and processes are looked at one after the other, each 200 ms, and later on a machine
   * that is busy. What was killed gives its memory back before it is gone.
   */
  private static final Duration LOOK = Duration.ofMillis(600);

  private static final Duration NOTICED = Duration.ofMillis(600);

  /** So long before its end a JVM may have given its last sign. */
  private static final Duration SILENT = Duration.ofSeconds(1);

  static List<KillCount> of(Facts facts, Run run) {
    List<KillCount> rises = new ArrayList<>();
    CgroupSample before = null;
    for (CgroupSample sample : facts.timeline().cgroups()) {
      if (!run.id().equals(sample.runId()) || sample.oomKills() == null) {
        continue;
      }
      if (before != null && sample.oomKills() > before.oomKills()) {
        rises.add(
            new KillCount(
                before.at(),
                sample.at(),
                sample.oomKills() - before.oomKills(),
                sample.limitBytes()));
      }
      before = sample;
    }
    return rises;
  }

  /** Whether a process that was noticed to be gone at this instant may be what was killed. */
  boolean explains(Instant gone) {
    Instant earliest = to.minus(LOOK).isAfter(from) ? to.minus(LOOK) : from;
    return gone != null && !gone.isBefore(earliest) && !gone.isAfter(to.plus(NOTICED));
  }

  /** Whether a JVM that gave its last sign at this instant may be what was killed. */
  boolean explainsSilenceFrom(Instant lastSign) {
    return lastSign != null && !lastSign.isBefore(from.minus(SILENT)) && !lastSign.isAfter(to);
  }
}
