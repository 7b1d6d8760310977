// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.model.SeenSegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Joins what several runs saw of the same segment: runs at the same time share the machine's
 * segments, and only the run whose process made one knows the test.
 */
final class SegmentMerge {
  private SegmentMerge() {}

  static List<SeenSegment> of(List<SeenSegment> seen) {
    Map<String, List<SeenSegment>> same = new LinkedHashMap<>();
    for (SeenSegment segment : seen) {
      // Numbers of files and anonymous memory are used again; a creator tells them apart.
      String name =
          segment.kind()
              + " "
              + segment.id()
              + " "
              + (segment.kind().equals("sysv") ? segment.creatorPid() : "");
      same.computeIfAbsent(name, missing -> new ArrayList<>()).add(segment);
    }
    List<SeenSegment> merged = new ArrayList<>();
    for (List<SeenSegment> one : same.values()) {
      boolean joined = one.stream().map(SeenSegment::runId).distinct().count() > 1;
      if (joined) {
        merged.add(merge(one));
      } else {
        merged.addAll(one);
      }
    }
    merged.sort(Comparator.comparing(SeenSegment::seenAt));
    return merged;
  }

  /** The run of its creator comes first; the last word on its state has whoever saw it last. */
  private static SeenSegment merge(List<SeenSegment> one) {
    SeenSegment owner =
        one.stream().filter(segment -> segment.test() != null).findFirst().orElse(one.get(0));
    SeenSegment last =
        one.stream().max(Comparator.comparing(SeenSegment::lastSeenAt)).orElseThrow();
    Instant first = one.stream().map(SeenSegment::seenAt).min(Instant::compareTo).orElseThrow();
    Instant gone =
        one.stream()
            .map(SeenSegment::goneAt)
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .orElse(null);
    return new SeenSegment(
        owner.runId(),
        owner.kind(),
        owner.id(),
        owner.key(),
        last.bytes(),
        owner.creatorPid() == null ? last.creatorPid() : owner.creatorPid(),
        last.lastPid(),
        last.attached(),
        last.uid(),
        owner.test(),
        last.creatorRuns(),
        last.lastRuns(),
        one.stream().allMatch(SeenSegment::earlier),
        first,
        last.lastSeenAt(),
        gone,
        last.idleMillis());
  }
}
