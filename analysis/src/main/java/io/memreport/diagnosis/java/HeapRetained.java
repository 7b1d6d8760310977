// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Leak;
import io.memreport.model.TestResult;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;

/** Java heap that was still reachable after a full collection at the end of a test. */
public final class HeapRetained implements Rule {
  /** What class loading, caches of the JDK and the test framework leave behind is far less. */
  public static final long THRESHOLD_BYTES = 2 << 20;

  @Override
  public String id() {
    return "java.heap-retained";
  }

  @Override
  public String summary() {
    return "A test left Java objects behind that are still reachable";
  }

  @Override
  public String why() {
    return "Objects that a static field, a running thread or a thread local still reaches after the"
        + " test are kept for all tests that follow. Measured with leaks=gc by full collections"
        + " before and after each test; named are tests that left "
        + Units.bytes(THRESHOLD_BYTES)
        + " or more, less what was gone when their class ended.";
  }

  @Override
  public String advice() {
    return "Clear what the chain of references begins with when the test ends, or give it the life"
        + " of an instance instead of a static field.";
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (TestResult test : facts.tests()) {
      Long atEnd = test.heap().retainedBytes();
      if (atEnd != null) {
        long retained = atEnd - facts.releasedHeap().getOrDefault(test.id(), 0L);
        if (retained >= THRESHOLD_BYTES) {
          found.add(suspicion(test, retained));
        }
      }
    }
    return found;
  }

  private Suspicion suspicion(TestResult test, long retained) {
    String chain = chain(test);
    String evidence =
        "After a full collection the Java heap held "
            + Units.bytes(retained)
            + " more than before the test"
            + (chain == null ? "" : "; a sample of it: " + chain);
    List<Culprit> culprits = new ArrayList<>();
    culprits.add(Names.culprit(test, retained));
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            Names.test(test) + " left " + Units.bytes(retained) + " of Java heap behind",
            evidence,
            advice(),
            test.id()),
        Cause.JAVA_HEAP,
        Confidence.CERTAIN,
        "left " + Units.bytes(retained) + " of Java heap behind",
        retained,
        culprits,
        List.of(Names.recorded(evidence)));
  }

  /** Of the sampled objects one that a static field holds, if there is one. */
  private static String chain(TestResult test) {
    List<Leak> objects =
        test.leaks().stream().filter(leak -> leak.type().equals("java-heap")).toList();
    return objects.stream()
        .map(Leak::description)
        .filter(description -> description.contains("held by static "))
        .findFirst()
        .orElse(objects.isEmpty() ? null : objects.get(0).description());
  }
}
