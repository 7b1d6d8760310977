// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.model.Facts;
import io.memreport.model.MemorySample;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
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
 * @param bytes growth between the samples at its beginning and its end
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
    MemorySample last = samples.last();
    MemorySample first = samples.at(span.from());
    MemorySample end = test.durationNanos() == null ? last : samples.at(span.to());
    if (first == null || end == null) {
      return null;
    }
    Long from = kind.apply(first);
    Long to = kind.apply(end);
    return from == null || to == null ? null : Long.valueOf(to - from);
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
