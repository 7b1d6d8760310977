// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.shared.SeenSegment;
import io.memreport.model.shared.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Judges the segments that recordings saw, when they last saw them. Whether one may be removed now
 * is for {@code memreport shm} to say, on the machine itself.
 */
public final class Segments {
  static final String ORPHAN = "orphan";
  static final String ABANDONED = "abandoned-server";
  static final String IN_USE = "in-use";
  static final String REMOVED = "removed";
  static final String UNKNOWN = "unknown";
  static final String SYSV = "sysv";

  private Segments() {}

  /** A state and why. */
  private record Judgement(String state, String reason) {}

  public static List<Segment> of(Facts facts) {
    List<Segment> segments = new ArrayList<>();
    for (SeenSegment seen : facts.shared().segments()) {
      ChildProcess creator = creator(facts, seen);
      Judgement judgement = judge(facts, seen, creator);
      segments.add(
          new Segment(
              seen.kind(),
              seen.id(),
              seen.bytes(),
              seen.creatorPid(),
              seen.goneAt() == null ? seen.attached() : Long.valueOf(0),
              judgement.state,
              seen.test(),
              judgement.reason,
              seen.key(),
              creator == null ? null : creator.id(),
              seen.earlier(),
              seen.seenAt(),
              seen.goneAt()));
    }
    return segments;
  }

  /** Its creator among the processes of its run, or null. */
  private static ChildProcess creator(Facts facts, SeenSegment seen) {
    return facts.shared().processes().stream()
        .filter(process -> process.runId().equals(seen.runId()))
        .filter(process -> Objects.equals(seen.creatorPid(), process.pid()) && !seen.earlier())
        .filter(process -> process.endedAt() == null || !process.endedAt().isBefore(seen.seenAt()))
        .findFirst()
        .orElse(null);
  }

  private static Judgement judge(Facts facts, SeenSegment seen, ChildProcess creator) {
    if (seen.goneAt() != null) {
      return new Judgement(REMOVED, "it was removed");
    }
    if (seen.attached() == null || seen.attached() == 0 && seen.creatorPid() == null) {
      return new Judgement(UNKNOWN, "none of the known processes has it mapped");
    }
    if (seen.attached() > 0) {
      return attached(facts, seen, creator);
    }
    if (seen.creatorRuns()) {
      return new Judgement(IN_USE, "nobody is attached, but its creator runs");
    }
    return seen.lastRuns()
        ? new Judgement(IN_USE, "nobody is attached, but the process that used it last runs")
        : new Judgement(ORPHAN, "nobody is attached, and its creator and last user have ended");
  }

  /** A JVM that was killed stops no server. */
  private static Judgement attached(Facts facts, SeenSegment seen, ChildProcess creator) {
    boolean survived = creator != null && creator.endedAt() == null;
    boolean killed =
        facts.runs().stream()
            .filter(run -> run.id().equals(seen.runId()))
            .map(Run::ending)
            .anyMatch(ending -> ending == Ending.KILLED || ending == Ending.ABORT);
    return survived && killed
        ? new Judgement(
            ABANDONED,
            "process " + creator.pid() + " holds it, and its JVM was killed and stopped nothing")
        : new Judgement(
            IN_USE, seen.attached() == 1 ? "1 process has it" : seen.attached() + " attachments");
  }
}
