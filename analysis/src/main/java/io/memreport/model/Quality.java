// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the recording can be trusted. {@code lostSeconds} is the gap between the last event and
 * the end, where that is known.
 */
public record Quality(Double lostSeconds, long droppedEvents, List<String> notes) {
  private static final String OF_HEAP = "Java heap retained: ";

  /** Why full collections around tests that were asked for (leaks=gc) told nothing, or null. */
  public @Nullable String whyNoRetainedHeap() {
    return notes.stream()
        .filter(note -> note.startsWith(OF_HEAP))
        .map(note -> note.substring(OF_HEAP.length()))
        .findFirst()
        .orElse(null);
  }
}
