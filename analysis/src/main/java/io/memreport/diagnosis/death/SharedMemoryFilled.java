// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.death.holder.Holders;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import java.util.List;

/**
 * A run that died because tmpfs and shared memory had filled its cgroup: no kill gives them back.
 */
final class SharedMemoryFilled {
  /** From this share of the limit on, shared memory is what filled it. */
  private static final double MUCH_SHARED = 0.3;

  private final LastMoment end;

  private SharedMemoryFilled(LastMoment end) {
    this.end = end;
  }

  /** Null where they are not what filled it, or where nobody counted them. */
  static CauseOfDeath in(LastMoment end) {
    return new SharedMemoryFilled(end).explanation();
  }

  private CauseOfDeath explanation() {
    CgroupSample cgroup = end.facts().timeline().lastCgroup(end.run().id());
    boolean logged = end.event() != null && end.event().memory() != null;
    Long shared =
        logged ? end.event().memory().shmemBytes() : cgroup == null ? null : cgroup.shmemBytes();
    Long usage = end.usage();
    if (shared == null || usage == null || shared < MUCH_SHARED * usage) {
      return null;
    }
    Holders holders =
        Holders.of(
            end.facts(),
            end.run(),
            sample -> difference(sample.cgroupBytes(), sample.rssBytes()),
            shared);
    List<Culprit> culprits = holders.culprits();
    return new CauseOfDeath(
        Cause.SHARED_MEMORY,
        "tmpfs and shared memory held "
            + Units.bytes(shared)
            + ", which stays allocated after a kill"
            + (culprits.isEmpty()
                ? ""
                : "; what is outside of the JVM grew by "
                    + Units.bytes(culprits.get(0).bytes())
                    + " while "
                    + Names.shown(culprits.get(0).name())
                    + " ran"),
        culprits.isEmpty() ? "tmpfs and shared memory" : Names.shown(culprits.get(0).name()),
        (culprits.isEmpty() ? "held " : "filled tmpfs and shared memory, ") + Units.bytes(shared),
        culprits,
        List.of(
            new Evidence(
                "Of the "
                    + Units.bytes(usage)
                    + " charged to the cgroup, "
                    + Units.bytes(shared)
                    + " were tmpfs and shared memory",
                logged ? "kernel-log" : "recording",
                logged ? null : cgroup.at())));
  }

  private static Long difference(Long whole, Long part) {
    return whole == null || part == null ? null : Long.valueOf(whole - part);
  }
}
