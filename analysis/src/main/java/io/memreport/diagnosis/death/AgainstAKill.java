// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.KernelLogSpan;
import io.memreport.model.log.LogEvent;
import io.memreport.model.memory.CgroupSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** What speaks against a kill by the kernel, though the cgroup was full. */
final class AgainstAKill {
  /** Clocks of one machine, and the last sign before the end, are this far apart at most. */
  private static final Duration AROUND = Duration.ofSeconds(10);

  private AgainstAKill() {}

  /** The first thing that does, or null. */
  static String text(Facts facts, Run run) {
    String log = silentLog(facts, run);
    return log == null ? throttled(facts, run) : log;
  }

  /**
   * A log of the kernel's that goes on beyond the end of the run and shows no kill then; null if
   * there is none. The line that names a victim is never rate limited: it would be there.
   */
  static String silentLog(Facts facts, Run run) {
    Instant end = run.endedAt();
    if (end == null || facts.logEvents().stream().anyMatch(event -> isDeathNear(run, event))) {
      return null;
    }
    for (KernelLogSpan span : facts.kernelLogs()) {
      Instant from = LogMatch.instant(run, span.from());
      Instant to = LogMatch.instant(run, span.to());
      if (from != null && to != null && from.isBefore(end) && to.isAfter(end)) {
        return "The kernel's log in "
            + span.source()
            + " covers that moment and shows no kill: somebody else ended it";
      }
    }
    return null;
  }

  private static boolean isDeathNear(Run run, LogEvent event) {
    boolean death = event.kind() == EventKind.OOM_KILL || event.kind() == EventKind.KILLED;
    Instant at = LogMatch.instant(run, event.at());
    return death
        && (at == null || Duration.between(at, run.endedAt()).abs().compareTo(AROUND) <= 0);
  }

  /**
   * The kernel slows a cgroup down above memory.high, and kills nobody for it. Null if it did not,
   * or if the limit that kills was reached, too.
   */
  private static String throttled(Facts facts, Run run) {
    List<CgroupSample> samples =
        facts.timeline().cgroups().stream()
            .filter(sample -> run.id().equals(sample.runId()))
            .toList();
    long slowed = rise(samples, CgroupSample::throttled, 0);
    // What was not counted may have been reached.
    long reached = rise(samples, CgroupSample::limitReached, 1);
    return slowed == 0 || reached > 0
        ? null
        : "Its cgroup was slowed down "
            + slowed
            + " times above memory.high and never reached the limit that kills: it was slow, and"
            + " somebody ended it";
  }

  private static long rise(
      List<CgroupSample> samples, Function<CgroupSample, Long> counter, long unknown) {
    List<Long> counts =
        samples.stream().map(counter).filter(count -> count != null && count >= 0).toList();
    return counts.size() < 2 ? unknown : counts.get(counts.size() - 1) - counts.get(0);
  }
}
