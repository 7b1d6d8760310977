// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Need;
import io.memreport.diagnosis.rule.Rule;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Java heap that the tests of one class left a little of each: a suite repeats it for ever. */
public final class HeapRetainedTogether implements Rule {
  /** What so many tests do is not done once. */
  static final int LEAST_TESTS = 5;

  static final long LEAST_BYTES = 8 << 20;

  /** What is loaded and cached once is in the first tests: the middle one shows what repeats. */
  private static final double REPEATS = 0.5;

  @Override
  public List<Need> needs() {
    return List.of(Need.TEST, Need.COLLECTIONS);
  }

  @Override
  public String id() {
    return "java.heap-retained-together";
  }

  @Override
  public String summary() {
    return "Many tests left a little Java heap behind each";
  }

  @Override
  public String why() {
    return "Each of the tests of a class may forget too little to be reported, and all of them together much. Measured with"
        + " leaks=gc. memreport reports classes of which "
        + LEAST_TESTS
        + " or more tests left "
        + Units.bytes(LEAST_BYTES)
        + " together, each less than "
        + Units.bytes(HeapRetained.THRESHOLD_BYTES)
        + " and most of them as much as the others.";
  }

  @Override
  public String advice() {
    return "Find the collection, listener or cache that each of these tests adds to, and empty it after each test.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        @BeforeEach
        void listen() {
          bus.register(event -> seen.add(event)); // one listener more for each test
        }""",
        """
        @BeforeEach
        void listen() {
          registration = bus.register(seen::add);
        }

        @AfterEach
        void stop() {
          registration.close();
        }""");
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    Map<String, List<Long>> byClass = new LinkedHashMap<>();
    for (TestResult test : facts.tests()) {
      Long retained = test.heap().retainedBytes();
      if (retained != null && !test.isFixture() && test.className() != null) {
        long kept = retained - facts.releasedHeap().getOrDefault(test.id(), 0L);
        if (kept < HeapRetained.THRESHOLD_BYTES) {
          byClass.computeIfAbsent(test.className(), missing -> new ArrayList<>()).add(kept);
        }
      }
    }
    List<Suspicion> found = new ArrayList<>();
    byClass.forEach(
        (name, kept) -> {
          long sum = kept.stream().mapToLong(Long::longValue).sum();
          if (kept.size() >= LEAST_TESTS && sum >= LEAST_BYTES && repeats(kept, sum)) {
            found.add(suspicion(name, kept.size(), sum));
          }
        });
    return found;
  }

  private static boolean repeats(List<Long> kept, long sum) {
    long middle = kept.stream().sorted().skip(kept.size() / 2).findFirst().orElse(0L);
    return middle * kept.size() >= REPEATS * sum;
  }

  private Suspicion suspicion(String className, int tests, long bytes) {
    String left = "left " + Units.bytes(bytes) + " of Java heap behind in its " + tests + " tests";
    String evidence =
        "After full collections its tests had left some "
            + Units.bytes(bytes / tests)
            + " of Java heap each";
    String name = Names.simple(className);
    return new Suspicion(
        new Finding(
            id(), Severity.WARNING, Names.shown(name) + " " + left, evidence, advice(), null),
        Cause.JAVA_HEAP,
        Confidence.LIKELY,
        left,
        bytes,
        List.of(new Culprit("class", className, name, bytes)),
        List.of(Names.recorded(evidence)));
  }
}
