// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.model.PostMortem;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.sql.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What {@code report.json} says once, though a post-mortem has it twice: when a test ran, which its
 * start and duration tell, and which queries it ran, which each query tells. For thousands of tests
 * that is a third of the file.
 */
final class Implied {
  private Implied() {}

  /** The post-mortem without it. */
  static PostMortem without(PostMortem whole) {
    Set<TestSpan> implied = new HashSet<>(spans(whole.tests()));
    Map<String, Set<String>> queries = queries(whole.queries());
    List<TestResult> tests =
        whole.tests().stream()
            .map(
                test -> {
                  Set<String> told = queries.getOrDefault(test.id(), Set.of());
                  return test.with(
                      test.queries().stream().filter(query -> !told.contains(query)).toList());
                })
            .toList();
    List<TestSpan> spans =
        whole.timeline().spans().stream().filter(span -> !implied.contains(span)).toList();
    return whole.with(tests).with(whole.timeline().with(spans));
  }

  /** The post-mortem with it; queries of a test by their ids, spans by time. */
  static PostMortem all(PostMortem told) {
    Map<String, Set<String>> queries = queries(told.queries());
    List<TestResult> tests =
        told.tests().stream()
            .map(
                test -> {
                  Set<String> all = new TreeSet<>(queries.getOrDefault(test.id(), Set.of()));
                  all.addAll(test.queries());
                  return test.with(List.copyOf(all));
                })
            .toList();
    Set<Test> known = new HashSet<>();
    told.timeline().spans().forEach(span -> known.add(Test.of(span)));
    List<TestSpan> spans =
        Stream.concat(
                spans(tests).stream().filter(span -> !known.contains(Test.of(span))),
                told.timeline().spans().stream())
            .sorted(TestSpan.BY_TIME)
            .toList();
    return told.with(tests).with(told.timeline().with(spans));
  }

  private static List<TestSpan> spans(List<TestResult> tests) {
    List<TestSpan> spans = new ArrayList<>();
    for (TestResult test : tests) {
      if (test.startedAt() != null && test.durationNanos() != null) {
        spans.add(
            new TestSpan(
                test.id(),
                test.runId(),
                test.startedAt(),
                test.startedAt().plusNanos(test.durationNanos())));
      }
    }
    return spans;
  }

  private static Map<String, Set<String>> queries(List<Query> queries) {
    Map<String, Set<String>> byTest = new HashMap<>();
    for (Query query : queries) {
      query
          .tests()
          .forEach(test -> byTest.computeIfAbsent(test, id -> new HashSet<>()).add(query.id()));
    }
    return byTest;
  }

  /** A test of a run. */
  private record Test(String id, String runId) {
    static Test of(TestSpan span) {
      return new Test(span.testId(), span.runId());
    }
  }
}
