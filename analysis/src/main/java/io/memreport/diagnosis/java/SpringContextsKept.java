// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.java;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Need;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Application contexts that Spring's test framework keeps, one for each configuration. */
public final class SpringContextsKept implements Rule {
  /** One context is what every suite with Spring has. */
  private static final int FEW = 2;

  private static final int NAMED = 5;
  private static final String CACHE = "org.springframework.test.context.cache.DefaultContextCache";

  @Override
  public List<Need> needs() {
    return List.of(Need.TEST);
  }

  @Override
  public String id() {
    return "java.spring-contexts";
  }

  @Override
  public String summary() {
    return "Spring's test context cache keeps several application contexts";
  }

  @Override
  public String why() {
    return "Spring's test framework keeps each application context that it starts, up to 32, so that the"
        + " next class with the same configuration need not start it again (DefaultContextCache). The"
        + " first test of a configuration pays for it, and is no leak. Reported for a run with "
        + FEW
        + " contexts or more of "
        + Units.bytes(HeapRetained.THRESHOLD_BYTES)
        + " or more each, measured with leaks=gc.";
  }

  @Override
  public String advice() {
    return "Let test classes share a configuration: differing properties, active profiles and mocked beans"
        + " each make a context of their own. Or keep fewer:"
        + " -Dspring.test.context.cache.maxSize=4; @DirtiesContext closes one after its class.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        @SpringBootTest(properties = "shop.currency=EUR")
        class EuroTest {}

        @SpringBootTest(properties = "shop.currency=USD")
        class DollarTest {}                                // a context each""",
        """
        @SpringBootTest
        class EuroTest {}                                  // both share one

        @SpringBootTest
        class DollarTest {}""");
  }

  /** Whether a test was the first of its configuration, which paid for the context of all. */
  public static boolean isFirstOfOne(TestResult test) {
    return HeapHolder.of(test) == HeapHolder.SPRING_CONTEXT;
  }

  @Override
  public List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (Run run : facts.runs()) {
      List<TestResult> first =
          facts.tests().stream()
              .filter(test -> run.id().equals(test.runId()))
              .filter(test -> HeapRetained.retained(facts, test) != null)
              .filter(SpringContextsKept::isFirstOfOne)
              .toList();
      List<TestResult> contexts =
          first.stream().filter(test -> !isBesideOneOfItsTests(test, first)).toList();
      if (contexts.size() >= FEW) {
        found.add(suspicion(facts, run, contexts));
      }
    }
    return found;
  }

  /** A context starts with the first test of its class, whose fixtures may pay for a part of it. */
  private static boolean isBesideOneOfItsTests(TestResult fixtures, List<TestResult> first) {
    return fixtures.isFixture()
        && first.stream()
            .anyMatch(
                test ->
                    !test.isFixture() && Objects.equals(test.className(), fixtures.className()));
  }

  private Suspicion suspicion(Facts facts, Run run, List<TestResult> first) {
    long bytes = first.stream().mapToLong(test -> HeapRetained.retained(facts, test)).sum();
    String keeps = "keeps " + first.size() + " application contexts, " + Units.bytes(bytes);
    String evidence =
        "The first tests of their configurations were "
            + first.stream()
                .limit(NAMED)
                .map(
                    test ->
                        Names.test(test)
                            + " ("
                            + Units.bytes(HeapRetained.retained(facts, test))
                            + ")")
                .collect(Collectors.joining(", "))
            + (first.size() > NAMED ? " and " + (first.size() - NAMED) + " more" : "");
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            "Spring's test context cache " + keeps,
            evidence,
            advice(),
            run.id()),
        Cause.JAVA_HEAP,
        Confidence.LIKELY,
        keeps,
        bytes,
        List.of(new Culprit("class", CACHE, "Spring's test context cache", bytes)),
        List.of(Names.recorded(evidence)),
        false);
  }
}
