// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.shm;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.model.Facts;
import io.memreport.model.shared.Segment;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.List;

/** Segments of dead processes were there before the run began. */
public final class EarlierOrphans implements SettingRule {
  private static final double MUCH = 0.25;

  @Override
  public String id() {
    return "shm.earlier-orphans";
  }

  @Override
  public String summary() {
    return "Segments that dead processes left were there before the run";
  }

  @Override
  public String why() {
    return "Runs that were killed leave the segments of their servers behind, and those after them find fewer ids"
        + " left: what fails then is not to blame. Reported if the run makes segments itself, or if a quarter of the ids is"
        + " taken. Files in /dev/shm whose users are not known are not counted.";
  }

  @Override
  public String advice() {
    return "Let the build begin with memreport shm clean --yes: it removes what provably nobody uses, and nothing else.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        kill -9 PID               # a server of an earlier job: its segment stays
        mvn verify""",
        """
        memreport shm clean --yes # removes what is proven to be nobody's
        mvn verify""");
  }

  /** To a run that makes segments itself, or where they take a good part of the ids. */
  private static boolean matters(Facts facts) {
    SharedLimits limits = facts.shared().tightest();
    return limits != null && limits.idsPart() >= MUCH
        || facts.shared().segments().stream()
            .anyMatch(segment -> segment.kind().equals(Segments.SYSV) && segment.test() != null);
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Segment> orphans =
        Segments.of(facts).stream()
            .filter(segment -> segment.earlier() && segment.state().equals(Segments.ORPHAN))
            .filter(segment -> segment.kind().equals(Segments.SYSV))
            .toList();
    return orphans.isEmpty() || !matters(facts)
        ? List.of()
        : List.of(
            new Finding(
                id(),
                Severity.INFO,
                SegmentOrphaned.counted(orphans.size(), 0)
                    + (orphans.size() == 1 ? " was" : " were")
                    + " left by processes that had ended before this run",
                "Nobody is attached: "
                    + SegmentOrphaned.shortened(
                        orphans.stream().map(SegmentOrphaned::name).toList())
                    + SegmentOrphaned.limits(facts),
                advice(),
                null));
  }
}
