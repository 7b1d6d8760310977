// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Java objects that many tests of one class left, each of them too few to be told alone. */
final class HeapKeptTogether {
  private HeapKeptTogether() {}

  /**
   * One for each class whose tests left much together.
   *
   * @param byTest what of the Java heap is in use, of tests of which nothing else is told
   */
  static List<Suspicion> of(Facts facts, Map<TestResult, List<HeapLine>> byTest) {
    Map<String, List<TestResult>> classes = new LinkedHashMap<>();
    byTest
        .keySet()
        .forEach(
            test -> {
              if (test.className() != null && !test.isFixture()) {
                classes.computeIfAbsent(test.className(), missing -> new ArrayList<>()).add(test);
              }
            });
    List<Suspicion> found = new ArrayList<>();
    classes.forEach(
        (name, tests) -> {
          List<HeapLine> lines = tests.stream().flatMap(test -> byTest.get(test).stream()).toList();
          List<HeapSite> sites = lines.stream().flatMap(line -> line.sites().stream()).toList();
          long bytes = sites.stream().mapToLong(HeapSite::bytesInUse).sum();
          // The same for all tests of a run.
          long soft = facts.releasedHeap().getOrDefault(tests.get(0).id(), 0L);
          if (HeapKept.isMuch(bytes - soft, HeapSite.error(sites))
              && (tests.size() >= HeapRetainedTogether.LEAST_TESTS || repeats(lines))) {
            found.add(suspicion(name, tests.size(), bytes, HeapSite.error(sites), lines.get(0)));
          }
        });
    return found;
  }

  /** Whether several tests did the same, at one line. */
  private static boolean repeats(List<HeapLine> lines) {
    return lines.stream()
        .collect(Collectors.groupingBy(HeapLine::line, Collectors.counting()))
        .values()
        .stream()
        .anyMatch(tests -> tests >= HeapRetained.REPEATED);
  }

  private static Suspicion suspicion(
      String className, int tests, long bytes, long error, HeapLine first) {
    String left = "left " + Units.bytes(bytes) + " of Java heap behind in " + tests + " tests";
    String evidence =
        "After a full collection at the end of the run "
            + HeapLine.estimate(bytes, error)
            + " of their objects were in use, as "
            + Names.shown(first.classes())
            + " from "
            + Names.shown(first.line());
    String name = Names.simple(className);
    HeapKept rule = new HeapKept();
    return new Suspicion(
        new Finding(
            rule.id(),
            Severity.WARNING,
            Names.shown(name) + " " + left,
            evidence,
            rule.advice(),
            null),
        Cause.JAVA_HEAP,
        Confidence.LIKELY,
        left,
        bytes,
        List.of(new Culprit("class", className, name, bytes)),
        List.of(Names.recorded(evidence)));
  }
}
