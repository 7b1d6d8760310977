// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.death.Deaths;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says in one sentence what the suspicions come to. */
final class Conclusion {
  private static final String DAMAGED =
      "The recording is damaged: what can be read of it shows nothing, and not how the run ended.";

  private Conclusion() {}

  static Verdict of(Facts facts, List<Suspicion> suspicions) {
    boolean running = facts.runs().stream().anyMatch(run -> run.ending() == Ending.RUNNING);
    if (suspicions.isEmpty()) {
      return nothingFound(facts, running);
    }
    boolean held = suspicions.stream().anyMatch(Suspicion::isHeld);
    VerdictKind kind = running ? VerdictKind.RUNNING : held ? VerdictKind.LEAK : VerdictKind.CLEAN;
    Suspicion first = suspicions.get(0);
    return new Verdict(
        kind,
        null,
        first.cause(),
        first.confidence(),
        (held ? "" : "Nothing was left behind, but ") + headline(suspicions),
        culprits(suspicions),
        evidence(suspicions),
        missing(facts));
  }

  private static String headline(List<Suspicion> suspicions) {
    Map<String, Suspicion> byOwner = new LinkedHashMap<>();
    for (Suspicion suspicion : suspicions) {
      byOwner.putIfAbsent(suspicion.culprits().get(0).id(), suspicion);
    }
    List<Suspicion> owners = List.copyOf(byOwner.values());
    Suspicion first = owners.get(0);
    String sentence = subject(first) + " " + first.clause();
    if (owners.size() == 1) {
      return sentence + ".";
    }
    List<String> others =
        owners.subList(1, owners.size()).stream().map(s -> subject(s) + " " + s.clause()).toList();
    return others.size() > 3
        ? sentence + "; " + others.size() + " others did similar, see the findings."
        : sentence + "; " + String.join("; ", others) + ".";
  }

  /** Who did it; SQL is no name. */
  private static String subject(Suspicion suspicion) {
    Culprit first = suspicion.culprits().get(0);
    String name = Names.shown(first.name());
    return first.type().equals("query") ? "The query " + name : name;
  }

  private static List<Culprit> culprits(List<Suspicion> suspicions) {
    Map<String, Culprit> culprits = new LinkedHashMap<>();
    for (Suspicion suspicion : suspicions) {
      for (Culprit culprit : suspicion.culprits()) {
        culprits.putIfAbsent(culprit.type() + culprit.id(), culprit);
      }
    }
    return List.copyOf(culprits.values());
  }

  private static List<Evidence> evidence(List<Suspicion> suspicions) {
    return suspicions.stream()
        .flatMap(suspicion -> suspicion.evidence().stream())
        .distinct()
        .toList();
  }

  private static Confidence confidence(Facts facts) {
    return facts.quality().droppedEvents() == 0 && !facts.tests().isEmpty()
        ? Confidence.CERTAIN
        : Confidence.LIKELY;
  }

  private static Verdict nothingFound(Facts facts, boolean running) {
    boolean unknown = facts.runs().stream().anyMatch(run -> run.ending() == Ending.UNKNOWN);
    return new Verdict(
        running ? VerdictKind.RUNNING : unknown ? VerdictKind.UNKNOWN : VerdictKind.CLEAN,
        null,
        unknown ? Cause.UNKNOWN : Cause.NONE,
        unknown ? Confidence.POSSIBLE : confidence(facts),
        unknown ? DAMAGED : inTheMiddle(facts) + allClear(facts),
        List.of(),
        List.of(Names.recorded(looked(facts))),
        missing(facts));
  }

  /** A JVM that shuts down in order although a test runs: somebody called exit. */
  private static String inTheMiddle(Facts facts) {
    for (Run run : facts.runs()) {
      List<TestResult> running = Deaths.runningAtEnd(facts, run);
      if (run.ending() == Ending.CLEAN && !running.isEmpty()) {
        return "The JVM shut down in order while "
            + Names.test(running.get(0))
            + " ran: something called exit. ";
      }
    }
    return "";
  }

  private static String allClear(Facts facts) {
    return facts.tests().isEmpty() && facts.queries().isEmpty()
        ? "No tests and no queries were recorded; what the process held is below."
        : "No test and no query left memory behind that these rules look for.";
  }

  private static String looked(Facts facts) {
    return "Looked at "
        + facts.tests().size()
        + " tests and class fixtures, "
        + facts.queries().size()
        + " queries and "
        + facts.connections().size()
        + " connections in "
        + facts.runs().size()
        + (facts.runs().size() == 1 ? " run" : " runs");
  }

  private static List<String> missing(Facts facts) {
    List<String> missing = new ArrayList<>();
    boolean noRetainedHeap =
        facts.tests().stream().allMatch(test -> test.heap().retainedBytes() == null);
    if (!facts.tests().isEmpty() && noRetainedHeap) {
      missing.add(
          "Java heap that tests left behind was only sampled: record with leaks=gc to measure it");
    }
    return missing;
  }
}
