// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.LiveThread;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.verdict.Evidence;
import java.util.List;

/** What the black box of a killed run says of its threads. */
final class LastWords {
  /** More of them say nothing more; all are in the report. */
  private static final int MOST = 3;

  private LastWords() {}

  /** Threads that ran a query, the longest first. */
  static List<Evidence> of(Facts facts, Run run) {
    return facts.liveThreads().stream()
        .filter(thread -> run.id().equals(thread.runId()) && thread.sql() != null)
        .limit(MOST)
        .map(thread -> new Evidence(text(facts, thread), "flight-box", run.endedAt()))
        .toList();
  }

  private static String text(Facts facts, LiveThread thread) {
    TestResult test = thread.testId() == null ? null : facts.test(thread.testId());
    return "Thread "
        + thread.name()
        + (thread.osThreadId() == null ? "" : " (" + thread.osThreadId() + ")")
        + " had run "
        + Names.sql(thread.sql())
        + (thread.runningNanos() == null ? "" : " for " + Units.duration(thread.runningNanos()))
        + (test == null ? "" : " in " + Names.test(test));
  }
}
