// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.shared.ChildProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which processes below a command the kernel killed. Their exit statuses are known to their own
 * parents only; the kernel's counter says that it killed, and it kills whom it finds largest.
 *
 * @param candidates what was gone then, those that held most at last first
 * @param victims those of them that were killed; empty if that can't be told
 * @param sure whether nobody else can be meant
 */
record SupervisedKills(List<ChildProcess> candidates, List<ChildProcess> victims, boolean sure) {

  private static final int LARGE_PART = 10;

  /** One for each rise of the counter that one of these processes may explain. */
  static List<SupervisedKills> of(Facts facts, Run run, List<ChildProcess> ended) {
    List<SupervisedKills> kills = new ArrayList<>();
    for (KillCount count : KillCount.of(facts, run)) {
      List<ChildProcess> candidates =
          ended.stream()
              .filter(process -> count.explains(process.endedAt()))
              .filter(process -> process.anonBytes() != null)
              .filter(process -> isOwn(run) || isLarge(process, limit(run, count)))
              .sorted(Comparator.comparing(ChildProcess::anonBytes).reversed())
              .toList();
      if (!candidates.isEmpty()) {
        int killed = (int) Math.min(count.kills(), candidates.size());
        boolean clear = isClear(candidates, killed);
        kills.add(
            new SupervisedKills(
                candidates,
                clear ? candidates.subList(0, killed) : List.of(),
                clear && isOwn(run)));
      }
    }
    return kills;
  }

  /** The next is much smaller: the kernel would not have taken it. */
  private static boolean isClear(List<ChildProcess> candidates, int killed) {
    return candidates.size() == killed
        || candidates.get(killed).anonBytes() < candidates.get(killed - 1).anonBytes() / 2;
  }

  /** Where others live too, what held little is no likely choice of the kernel's. */
  private static boolean isLarge(ChildProcess process, Long limitBytes) {
    return limitBytes == null || process.peakAnonBytes() >= limitBytes / LARGE_PART;
  }

  private static Long limit(Run run, KillCount count) {
    return count.limitBytes() == null ? run.context().machineBytes() : count.limitBytes();
  }

  /** In a cgroup of the command's own nobody else can be meant. */
  static boolean isOwn(Run run) {
    String cgroup = run.context().cgroupPath();
    return cgroup != null && cgroup.endsWith("/memreport-" + run.pid());
  }
}
