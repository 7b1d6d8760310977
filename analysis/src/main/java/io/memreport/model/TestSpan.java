// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import java.time.Instant;
import java.util.Comparator;

/** When a test ran, for the lanes of the timeline. */
public record TestSpan(String testId, String runId, Instant from, Instant to) {
  /** As post-mortems list them: by start; of those that began together by name, then by run. */
  public static final Comparator<TestSpan> BY_TIME =
      Comparator.comparing(TestSpan::from)
          .thenComparing(TestSpan::testId)
          .thenComparing(TestSpan::runId);
}
