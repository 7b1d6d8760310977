// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.rule.Samples;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.shared.ChildProcess;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the counter of the cgroup says that a command ran in with a JVM that fell silent: the
 * counter tells how many were killed, and not who.
 *
 * @param sure whether all that were gone then are as many as were killed, so that it was one
 * @param words what is known
 */
record CountedKill(boolean sure, List<String> words) {
  private static final String ROSE =
      "The kernel's counter of OOM kills in its cgroup rose when it ended";

  /** Null if the counter did not rise then. */
  static CountedKill of(Facts facts, Run run) {
    for (Run supervisor : facts.runs()) {
      boolean same =
          supervisor.isSupervisor()
              && Objects.equals(supervisor.context().cgroupPath(), run.context().cgroupPath());
      for (KillCount count : same ? KillCount.of(facts, supervisor) : List.<KillCount>of()) {
        if (count.explainsSilenceFrom(run.endedAt())) {
          return of(facts, run, supervisor, count);
        }
      }
    }
    return null;
  }

  private static CountedKill of(Facts facts, Run run, Run supervisor, KillCount count) {
    int others = others(facts, run, count).size();
    if (!SupervisedKills.isOwn(supervisor)) {
      return new CountedKill(
          false,
          List.of(
              ROSE, "Others may live in that cgroup, too: the counter does not say who it was"));
    }
    return others < count.kills()
        ? new CountedKill(true, List.of(ROSE))
        : new CountedKill(
            false,
            List.of(
                ROSE,
                "It counted "
                    + count.kills()
                    + (count.kills() == 1 ? " kill, and " : " kills, and ")
                    + (others + 1)
                    + " processes were gone at that moment: the kernel's log tells which it was"));
  }

  /** The numbers of the processes that were gone then, too. */
  private static Set<Long> others(Facts facts, Run run, KillCount count) {
    Set<Long> others = new HashSet<>();
    MemorySample last = Samples.of(facts, run).last();
    Long held = last == null ? null : last.rssBytes();
    for (ChildProcess process : facts.shared().processes()) {
      if (count.explains(process.endedAt()) && !isMuchSmaller(process, held)) {
        others.add(process.pid());
      }
    }
    for (Run other : facts.runs()) {
      if (other.ending() == Ending.KILLED && count.explainsSilenceFrom(other.endedAt())) {
        others.add(other.pid());
      }
    }
    others.remove(run.pid());
    return others;
  }

  /** As a shell around the JVM: the kernel takes the largest. */
  private static boolean isMuchSmaller(ChildProcess process, Long held) {
    return held != null && process.anonBytes() != null && process.anonBytes() < held / 2;
  }
}
