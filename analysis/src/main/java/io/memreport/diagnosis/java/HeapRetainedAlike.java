// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One fault that each test of a class repeats is one finding, with the sum. */
final class HeapRetainedAlike {
  /** So many of a class's tests have to leave much, or else those that do are named alone. */
  private static final double NEARLY_ALL = 0.9;

  private static final int NAMED = 5;

  private HeapRetainedAlike() {}

  /**
   * Puts together what nearly all tests of a class left.
   *
   * @param found what single tests left
   */
  static List<Suspicion> together(Facts facts, Map<TestResult, Suspicion> found) {
    Map<String, List<TestResult>> classes = new LinkedHashMap<>();
    for (TestResult test : found.keySet()) {
      if (test.className() != null && !test.isFixture()) {
        classes.computeIfAbsent(test.className(), missing -> new ArrayList<>()).add(test);
      }
    }
    Map<TestResult, Suspicion> alone = new LinkedHashMap<>(found);
    List<Suspicion> all = new ArrayList<>();
    classes.forEach(
        (name, tests) -> {
          if (tests.size() >= HeapRetainedTogether.LEAST_TESTS
              && tests.size() >= NEARLY_ALL * count(facts, name)) {
            all.add(suspicion(name, tests.stream().map(found::get).toList()));
            alone.keySet().removeAll(tests);
          }
        });
    all.addAll(alone.values());
    return all;
  }

  private static long count(Facts facts, String className) {
    return facts.tests().stream()
        .filter(test -> className.equals(test.className()) && !test.isFixture())
        .count();
  }

  private static Suspicion suspicion(String className, List<Suspicion> tests) {
    List<Suspicion> sorted =
        tests.stream().sorted(Comparator.comparingLong(Suspicion::bytes).reversed()).toList();
    Finding largest = sorted.get(0).finding();
    long bytes = tests.stream().mapToLong(Suspicion::bytes).sum();
    String left =
        "left " + Units.bytes(bytes) + " of Java heap behind in its " + tests.size() + " tests";
    String name = Names.simple(className);
    String evidence = "Most in one test: " + largest.title() + ". " + largest.evidence();
    List<Culprit> culprits = new ArrayList<>();
    culprits.add(new Culprit("class", className, name, bytes));
    sorted.stream().limit(NAMED).forEach(test -> culprits.addAll(test.culprits()));
    return new Suspicion(
        new Finding(
            largest.id(),
            Severity.WARNING,
            Names.shown(name) + " " + left,
            evidence,
            largest.advice(),
            largest.where()),
        Cause.JAVA_HEAP,
        tests.stream().allMatch(test -> test.confidence() == Confidence.CERTAIN)
            ? Confidence.CERTAIN
            : Confidence.LIKELY,
        left,
        bytes,
        culprits,
        List.of(Names.recorded(evidence)));
  }
}
