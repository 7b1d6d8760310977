// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.process;

import io.memreport.input.jfr.Sums;
import io.memreport.model.Run;
import io.memreport.model.shared.ChildProcess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Processes that a supervisor saw, each once: JVMs below it tell of their own children, too. */
public final class SupervisedProcesses {
  private SupervisedProcesses() {}

  /**
   * Those of the supervisor that nobody else tells of. Of the others what it saw besides goes into
   * their rows.
   *
   * @param own what JVMs said of the processes that they started, changed
   * @param runs whose processes are no children but runs
   */
  public static List<ChildProcess> of(
      List<ChildProcess> supervised, List<ChildProcess> own, List<Run> runs) {
    Set<Long> recorded = new HashSet<>();
    runs.stream().map(Run::pid).filter(Objects::nonNull).forEach(recorded::add);
    List<ChildProcess> rest = new ArrayList<>();
    for (ChildProcess seen : supervised) {
      int same = indexOf(own, seen.id());
      if (same >= 0) {
        own.set(same, joined(own.get(same), seen));
      } else if (!isRun(seen, recorded, runs)) {
        rest.add(seen);
      }
    }
    return rest;
  }

  private static int indexOf(List<ChildProcess> processes, String id) {
    for (int i = 0; i < processes.size(); i++) {
      if (processes.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** Numbers are used again: the run must have begun while the process lived. */
  private static boolean isRun(ChildProcess seen, Set<Long> recorded, List<Run> runs) {
    return recorded.contains(seen.pid())
        && runs.stream()
            .anyMatch(
                run ->
                    Objects.equals(run.pid(), seen.pid())
                        && run.startedAt() != null
                        && (seen.endedAt() == null || run.startedAt().isBefore(seen.endedAt())));
  }

  private static ChildProcess joined(ChildProcess own, ChildProcess seen) {
    return new ChildProcess(
        own.id(),
        own.runId(),
        own.test(),
        own.pid(),
        own.parentPid(),
        own.foundBy(),
        own.command(),
        own.folder(),
        own.startedAt(),
        own.endedAt() == null ? seen.endedAt() : own.endedAt(),
        own.exitStatus(),
        Sums.max(own.peakAnonBytes(), seen.peakAnonBytes()),
        own.anonBytes(),
        own.shmemBytes(),
        own.outlivedMillis());
  }
}
