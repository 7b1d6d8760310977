// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.model.shared.SeenSegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins what several runs saw of the same segment: runs at the same time share the machine's
 * segments, and only the run whose process made one knows the test.
 */
final class SegmentMerge {
  private SegmentMerge() {}

  static List<SeenSegment> of(List<SeenSegment> seen) {
    Map<String, List<SeenSegment>> same = new LinkedHashMap<>();
    List<SeenSegment> merged = new ArrayList<>();
    for (SeenSegment segment : seen) {
      String name = name(segment);
      if (name == null) {
        merged.add(segment);
      } else {
        same.computeIfAbsent(name, missing -> new ArrayList<>()).add(segment);
      }
    }
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

  /**
   * What it is the only one of on a machine; null for what other runs may have by the same name.
   */
  private static String name(SeenSegment segment) {
    if (segment.kind().equals("sysv")) {
      return "sysv " + segment.id() + " " + segment.key() + " " + segment.creatorPid();
    }
    // The server chooses its numbers at random.
    return segment.id().startsWith("/dev/shm/PostgreSQL.") ? "posix " + segment.id() : null;
  }

  /** The run of its creator comes first; the last word on its state has whoever saw it last. */
  private static SeenSegment merge(List<SeenSegment> one) {
    SeenSegment owner =
        one.stream().filter(segment -> segment.test() != null).findFirst().orElse(one.get(0));
    SeenSegment last =
        one.stream().max(Comparator.comparing(SeenSegment::lastSeenAt)).orElseThrow();
    Instant first = one.stream().map(SeenSegment::seenAt).min(Instant::compareTo).orElseThrow();
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
        last.goneAt(),
        last.idleMillis());
  }
}
