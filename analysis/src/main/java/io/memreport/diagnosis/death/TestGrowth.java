// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.rule.Samples;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.TestStatus;
import io.memreport.model.memory.MemorySample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * By how much a kind of memory grew while a test ran.
 *
 * @param bytes growth between the samples at its beginning and its end; of a test that is over, no
 *     more than was still there in each sample after it
 * @param alone whether no other test ran in that time, so that it is this one's
 */
record TestGrowth(TestResult test, long bytes, boolean alone) {
  /** The tests of a run during which a kind grew, most first. */
  static List<TestGrowth> of(Facts facts, Run run, Function<MemorySample, Long> kind) {
    Samples samples = Samples.of(facts, run);
    Map<String, TestSpan> spans = new HashMap<>();
    facts.timeline().spans().stream()
        .filter(span -> run.id().equals(span.runId()))
        .forEach(span -> spans.put(span.testId(), span));
    List<TestResult> tests =
        facts.tests().stream()
            .filter(test -> run.id().equals(test.runId()) && !"class".equals(test.kind()))
            .toList();
    List<TestGrowth> grown = new ArrayList<>();
    for (TestResult test : tests) {
      TestSpan span = spans.get(test.id());
      Long bytes = span == null ? null : growth(samples, span, test, kind);
      if (bytes != null && bytes > 0) {
        grown.add(new TestGrowth(test, bytes, isAlone(test, span, tests, spans)));
      }
    }
    grown.sort(Comparator.comparingLong(TestGrowth::bytes).reversed());
    return grown;
  }

  private static Long growth(
      Samples samples, TestSpan span, TestResult test, Function<MemorySample, Long> kind) {
    MemorySample first = samples.at(span.from());
    if (first == null) {
      return null;
    }
    Long from = kind.apply(first);
    Long to =
        test.status() == TestStatus.RUNNING_AT_END
            ? kind.apply(samples.last())
            : left(samples, span, test, kind);
    return from == null || to == null ? null : Long.valueOf(to - from);
  }

  /** The least from its end on; null if it is not known when that was. */
  private static Long left(
      Samples samples, TestSpan span, TestResult test, Function<MemorySample, Long> kind) {
    if (test.durationNanos() == null || span.to() == null) {
      return null;
    }
    Long least = kind.apply(samples.at(span.to()));
    for (MemorySample sample : samples.all()) {
      Long now = sample.at().isAfter(span.to()) ? kind.apply(sample) : null;
      least = least == null || now == null ? least : Long.valueOf(Math.min(least, now));
    }
    return least;
  }

  private static boolean isAlone(
      TestResult test, TestSpan span, List<TestResult> tests, Map<String, TestSpan> spans) {
    for (TestResult other : tests) {
      TestSpan at = spans.get(other.id());
      if (other != test && at != null && overlap(span, at)) {
        return false;
      }
    }
    return true;
  }

  private static boolean overlap(TestSpan one, TestSpan other) {
    return one.from().isBefore(end(other)) && other.from().isBefore(end(one));
  }

  private static Instant end(TestSpan span) {
    return span.to() == null ? Instant.MAX : span.to();
  }
}
