// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was asked at the starts and ends of tests, and at the end of runs.
 *
 * @param all of all runs, in the order of time
 * @param lastCollections by run id; absent of runs that ended without one
 */
public record Boundaries(List<Boundary> all, Map<String, LastCollection> lastCollections) {
  /** Nothing was asked. */
  public static final Boundaries NONE = new Boundaries(List.of(), Map.of());

  /** The full collection after the last test of a run; null if there was none. */
  public @Nullable LastCollection last(String run) {
    return lastCollections.get(run);
  }

  /** By test, what came in its time, and stayed until it ended, of each test that was asked. */
  public Map<String, Long> left(String run, Function<Boundary, Long> what) {
    Map<String, Long> left = new LinkedHashMap<>();
    for (Boundary boundary : of(run, what)) {
      long now = what.apply(boundary);
      // A test has two: the second takes what the first one gave.
      left.merge(boundary.testId(), -now, (start, missing) -> start + now);
    }
    return left;
  }

  /** Those of a run at which something is known. */
  public List<Boundary> of(String run, Function<Boundary, Long> what) {
    return all.stream()
        .filter(boundary -> run.equals(boundary.runId()) && what.apply(boundary) != null)
        .toList();
  }
}
