// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shared;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of shared memory and of the processes that runs started.
 *
 * @param limits of each run that told them
 */
public record SharedFacts(
    List<ChildProcess> processes,
    List<SeenSegment> segments,
    List<SharedLimits> limits,
    List<SharedFailure> failures) {
  /** Nothing is known. */
  public static final SharedFacts NONE =
      new SharedFacts(List.of(), List.of(), List.of(), List.of());

  /** The limits of the run that had most of its ids in use at once, or null. */
  public @Nullable SharedLimits tightest() {
    SharedLimits tightest = null;
    for (SharedLimits one : limits) {
      if (tightest == null || one.idsPart() > tightest.idsPart()) {
        tightest = one;
      }
    }
    return tightest;
  }
}
