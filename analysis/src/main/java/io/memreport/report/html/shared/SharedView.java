// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.shared;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.shared.Segment;
import io.memreport.model.shared.SharedLimits;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Shared memory: its limits with their use, and its segments.
 *
 * @param more how many segments are in report.json only
 */
public record SharedView(List<Fact> limits, List<SegmentView> segments, int more) {
  private static final int SHOWN = 200;

  /** Null if nothing of it was recorded. */
  public static SharedView of(PostMortem postMortem, Names names) {
    if (postMortem.shared() == null) {
      return null;
    }
    List<Segment> all = postMortem.shared().segments();
    List<Fact> limits = limits(postMortem.shared().limits());
    if (all.isEmpty() && limits.isEmpty()) {
      return null;
    }
    List<SegmentView> shown =
        all.stream()
            .sorted(Comparator.comparing(segment -> rank(segment.state())))
            .limit(SHOWN)
            .map(segment -> SegmentView.of(segment, names))
            .toList();
    return new SharedView(limits, shown, all.size() - shown.size());
  }

  /** What stayed behind first, what was removed last. */
  private static int rank(String state) {
    return switch (state == null ? "" : state) {
      case "orphan" -> 0;
      case "abandoned-server" -> 1;
      case "removed" -> 3;
      default -> 2;
    };
  }

  private static List<Fact> limits(SharedLimits limits) {
    List<Fact> facts = new ArrayList<>();
    if (limits.shmmni() != null && limits.idsPeak() != null && limits.idsUsed() != null) {
      facts.add(
          new Fact(
              "System V segments (kernel.shmmni)",
              limits.idsPeak()
                  + " of "
                  + Measure.grouped(limits.shmmni())
                  + " at most at once, "
                  + limits.idsUsed()
                  + " at the end"));
    }
    if (limits.shmmax() != null) {
      facts.add(
          new Fact(
              "Largest System V segment (kernel.shmmax)",
              limits.shmmax() == Long.MAX_VALUE ? "no limit" : Units.bytes(limits.shmmax())));
    }
    if (limits.shmall() != null && limits.pagesUsed() != null) {
      facts.add(
          new Fact(
              "Pages of all of them (kernel.shmall)",
              limits.pagesUsed()
                  + " of "
                  + (limits.shmall() == Long.MAX_VALUE
                      ? "no limit"
                      : Measure.grouped(limits.shmall()))));
    }
    if (limits.devShmBytes() != null
        && limits.devShmPeakBytes() != null
        && limits.devShmUsedBytes() != null) {
      facts.add(
          new Fact(
              "/dev/shm",
              Units.bytes(limits.devShmPeakBytes())
                  + " of "
                  + Units.bytes(limits.devShmBytes())
                  + " at most at once, "
                  + Units.bytes(limits.devShmUsedBytes())
                  + " at the end"));
    }
    if (limits.unseenSegments() != null && limits.unseenSegments() > 0) {
      facts.add(
          new Fact(
              "Not seen",
              "at least "
                  + Measure.grouped(limits.unseenSegments())
                  + " System V segments were created and removed between two samples"));
    }
    return facts;
  }
}
