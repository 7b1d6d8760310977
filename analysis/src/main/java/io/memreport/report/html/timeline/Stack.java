// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.timeline;

import io.memreport.model.memory.MemorySample;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Reasons;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Samples as layers: what is unknown has no layer and is part of what is unexplained. */
public final class Stack {
  private final List<MemorySample> samples;

  Stack(List<MemorySample> samples) {
    this.samples = samples;
  }

  /** The kinds of which there ever was something, lowest layer first. */
  List<MemoryKind> kinds() {
    return Arrays.stream(MemoryKind.values())
        .filter(kind -> samples.stream().anyMatch(sample -> Reasons.orZero(of(kind, sample)) > 0))
        .toList();
  }

  /** The upper edge of a layer in every sample. */
  long[] upTo(MemoryKind top) {
    return samples.stream()
        .mapToLong(
            sample ->
                Arrays.stream(MemoryKind.values())
                    .filter(kind -> kind.compareTo(top) <= 0)
                    .mapToLong(kind -> Reasons.orZero(of(kind, sample)))
                    .sum())
        .toArray();
  }

  /** The lowest limit that was seen, null for none. */
  Long limit() {
    return samples.stream()
        .map(MemorySample::limitBytes)
        .filter(Objects::nonNull)
        .min(Long::compare)
        .orElse(null);
  }

  /** A kind's bytes in a sample; what is unexplained is what the others leave of RSS. */
  public static Long of(MemoryKind kind, MemorySample sample) {
    if (kind != MemoryKind.OTHER) {
      return kind.in(sample);
    }
    return sample.rssBytes() == null ? null : Math.max(0, sample.rssBytes() - sum(sample));
  }

  /** All that a sample explains. */
  static long sum(MemorySample sample) {
    return Arrays.stream(MemoryKind.values())
        .mapToLong(kind -> Reasons.orZero(kind.in(sample)))
        .sum();
  }
}
