// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.model.Cause;
import io.memreport.model.Confidence;
import io.memreport.model.Culprit;
import io.memreport.model.Ending;
import io.memreport.model.Evidence;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.Verdict;
import io.memreport.model.VerdictKind;
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
    for (Run run : facts.runs()) {
      if (run.ending() == Ending.KILLED) {
        return killed(facts, run, suspicions);
      }
    }
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

  /** How long the JVM lived on without a word, and who ended it, only a log can tell. */
  private static Verdict killed(Facts facts, Run run, List<Suspicion> suspicions) {
    List<TestResult> running =
        facts.tests().stream()
            .filter(test -> run.id().equals(test.runId()))
            .filter(test -> test.status() == TestStatus.RUNNING_AT_END)
            .filter(test -> !"class".equals(test.kind()))
            .toList();
    String during =
        running.isEmpty() ? "" : " while " + Names.test(running.get(running.size() - 1)) + " ran";
    String held =
        run.memoryAtEnd() == null || run.memoryAtEnd().rssBytes() == null
            ? ""
            : "; it held " + Units.bytes(run.memoryAtEnd().rssBytes());
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            "The recording of "
                + run.id()
                + " breaks off without the JVM shutting down"
                + (run.endedAt() == null ? "" : ", after " + run.endedAt())
                + held,
            "recording",
            run.endedAt()));
    evidence.addAll(LastWords.of(facts, run));
    evidence.addAll(evidence(suspicions));
    List<Culprit> culprits = new ArrayList<>();
    running.forEach(test -> culprits.add(Names.culprit(test, test.sqlite().peakBytes())));
    culprits.addAll(culprits(suspicions));
    List<String> missing = new ArrayList<>(missing(facts));
    missing.add(
        "Who killed it is in the kernel's log: journalctl -k --since '10 minutes ago', or dmesg -T");
    return new Verdict(
        VerdictKind.KILLED,
        null,
        Cause.UNKNOWN,
        Confidence.POSSIBLE,
        "The JVM was killed from outside" + during + held + ".",
        culprits,
        evidence,
        missing);
  }

  private static String headline(List<Suspicion> suspicions) {
    Map<String, Suspicion> byOwner = new LinkedHashMap<>();
    for (Suspicion suspicion : suspicions) {
      byOwner.putIfAbsent(suspicion.culprits().get(0).id(), suspicion);
    }
    List<Suspicion> owners = List.copyOf(byOwner.values());
    Suspicion first = owners.get(0);
    String sentence = first.culprits().get(0).name() + " " + first.clause();
    if (owners.size() == 1) {
      return sentence + ".";
    }
    List<String> others =
        owners.subList(1, owners.size()).stream()
            .map(s -> s.culprits().get(0).name() + " " + s.clause())
            .toList();
    return others.size() > 3
        ? sentence + "; " + others.size() + " others did similar, see the findings."
        : sentence + "; " + String.join("; ", others) + ".";
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
    return suspicions.stream().flatMap(suspicion -> suspicion.evidence().stream()).toList();
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
        unknown ? DAMAGED : allClear(facts),
        List.of(),
        List.of(Names.recorded(looked(facts))),
        missing(facts));
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
