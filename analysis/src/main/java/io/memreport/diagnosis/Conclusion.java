// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.death.Deaths;
import io.memreport.diagnosis.java.HeapKept;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Headline;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestRunners;
import io.memreport.model.memory.MemoryAtEnd;
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
  /** So much of SQLite's at the end needs an explanation. */
  private static final long MUCH_SQLITE = 32 << 20;

  private static final String ONE_QUERY = "one query";
  private static final String ONE_CONNECTION = "one connection";

  private static final String DAMAGED =
      "The recording is damaged: it shows no leak, nor how the run ended.";

  /** What the recorder says where something of its own failed. */
  private static final String INCOMPLETE = "figures may be incomplete";

  private Conclusion() {}

  static Verdict of(Facts facts, List<Suspicion> suspicions) {
    boolean running = facts.runs().stream().anyMatch(run -> run.ending() == Ending.RUNNING);
    if (suspicions.isEmpty()) {
      return nothingFound(facts, running);
    }
    StillRunning queries = StillRunning.of(facts, MUCH_SQLITE);
    boolean all = suspicions.stream().allMatch(suspicion -> suspicion.cause().isSqlite());
    if (queries != null && all && queries.heldBytes() >= 2 * bytes(suspicions)) {
      return stillRunning(facts, queries, evidence(suspicions));
    }
    boolean held = suspicions.stream().anyMatch(Suspicion::isHeld);
    VerdictKind kind = running ? VerdictKind.RUNNING : held ? VerdictKind.LEAK : VerdictKind.CLEAN;
    Suspicion first = suspicions.get(0);
    return new Verdict(
        kind,
        null,
        first.cause(),
        first.confidence(),
        headline(suspicions, held),
        culprits(suspicions),
        evidence(suspicions),
        first.confidence() == Confidence.CERTAIN
            ? List.of()
            : missing(facts, explained(suspicions)));
  }

  private static String headline(List<Suspicion> suspicions, boolean held) {
    Suspicion first = suspicions.get(0);
    long owners =
        suspicions.stream().map(suspicion -> suspicion.culprits().get(0).id()).distinct().count();
    String who = subject(first);
    return Headline.of(
        held ? "" : "No leak, but ", held ? capital(who) : who, first.clause(), (int) owners - 1);
  }

  /** Who did it; SQL and a URL are no names. */
  private static String subject(Suspicion suspicion) {
    Culprit first = suspicion.culprits().get(0);
    long alike =
        suspicion.culprits().stream().filter(other -> other.type().equals(first.type())).count();
    return switch (first.type()) {
      case "query" -> ONE_QUERY;
      case "connection" -> alike == 1 ? ONE_CONNECTION : "SQLite";
      default -> Names.shown(first.name());
    };
  }

  /** A name keeps its letters. */
  private static String capital(String subject) {
    return subject.equals(ONE_QUERY) || subject.equals(ONE_CONNECTION)
        ? Names.capital(subject)
        : subject;
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
    return suspicions.stream().flatMap(suspicion -> suspicion.told().stream()).distinct().toList();
  }

  private static Confidence confidence(Facts facts) {
    return facts.quality().droppedEvents() == 0
            && facts.quality().notes().stream().noneMatch(note -> note.contains(INCOMPLETE))
            && !facts.tests().isEmpty()
            && missing(facts, 0).isEmpty()
        ? Confidence.CERTAIN
        : Confidence.LIKELY;
  }

  private static Verdict nothingFound(Facts facts, boolean running) {
    boolean unknown = facts.runs().stream().anyMatch(run -> run.ending() == Ending.UNKNOWN);
    String exit = inTheMiddle(facts);
    List<Evidence> evidence = new ArrayList<>();
    if (exit != null && !unknown) {
      evidence.add(Names.recorded("The JVM shut down in order. " + allClear(facts)));
    }
    evidence.add(Names.recorded(looked(facts)));
    String killed = Supervised.killed(facts);
    if (killed != null && !running && !unknown) {
      return new Verdict(
          VerdictKind.KILLED,
          null,
          Cause.UNKNOWN,
          Confidence.POSSIBLE,
          killed,
          List.of(),
          List.copyOf(evidence),
          missing(facts, 0));
    }
    StillRunning queries = unknown ? null : StillRunning.of(facts, MUCH_SQLITE);
    if (queries != null) {
      return stillRunning(facts, queries, evidence);
    }
    return new Verdict(
        running ? VerdictKind.RUNNING : unknown ? VerdictKind.UNKNOWN : VerdictKind.CLEAN,
        null,
        unknown ? Cause.UNKNOWN : Cause.NONE,
        unknown ? Confidence.POSSIBLE : confidence(facts),
        unknown ? DAMAGED : exit == null ? allClear(facts) : exit,
        List.of(),
        List.copyOf(evidence),
        missing(facts, 0));
  }

  private static Verdict stillRunning(Facts facts, StillRunning queries, List<Evidence> besides) {
    List<Evidence> evidence = new ArrayList<>(queries.evidence(facts));
    evidence.addAll(besides);
    return new Verdict(
        queries.kind(facts),
        null,
        queries.cause(facts),
        Confidence.POSSIBLE,
        queries.headline(facts),
        queries.culprits(facts),
        List.copyOf(evidence),
        missing(facts, queries.heldBytes()));
  }

  private static long bytes(List<Suspicion> suspicions) {
    return suspicions.stream().mapToLong(Suspicion::bytes).sum();
  }

  /** A JVM that shuts down in order although a test runs: somebody called exit; null if not so. */
  private static String inTheMiddle(Facts facts) {
    for (Run run : facts.runs()) {
      List<TestResult> running = Deaths.runningAtEnd(facts, run);
      if (run.ending() == Ending.CLEAN && !running.isEmpty()) {
        return Headline.of("", Names.test(running.get(0)), "ran when something called exit", 0);
      }
    }
    return null;
  }

  private static String allClear(Facts facts) {
    String below = Supervised.allClear(facts);
    if (below != null) {
      return below;
    }
    return facts.tests().isEmpty() && facts.queries().isEmpty()
        ? "No tests and no queries were recorded; what the process held is below."
        : "No leaks found in " + watched(facts) + ".";
  }

  private static long tests(Facts facts) {
    return facts.tests().stream().filter(test -> !test.isFixture()).count();
  }

  private static String watched(Facts facts) {
    return facts.tests().isEmpty()
        ? Names.counted(facts.queries().size(), "query")
        : Names.counted(tests(facts), "test");
  }

  private static String looked(Facts facts) {
    long tests = tests(facts);
    long runs = facts.runs().stream().filter(run -> !run.isSupervisor()).count();
    Map<String, Integer> seen = new LinkedHashMap<>();
    seen.put("test", (int) tests);
    seen.put("class fixture", facts.tests().size() - (int) tests);
    seen.put("query", facts.queries().size());
    seen.put("connection", facts.connections().size());
    seen.put("other process", facts.shared().processes().size());
    List<String> counted =
        seen.entrySet().stream()
            .filter(count -> count.getValue() > 0)
            .map(count -> Names.counted(count.getValue(), count.getKey()))
            .toList();
    return (counted.isEmpty()
            ? "No test, query or connection was recorded"
            : "Looked at " + String.join(", ", counted))
        + (runs == 0 ? "" : " in " + Names.counted(runs, "run"));
  }

  private static long sqliteHeld(Facts facts) {
    return facts.runs().stream()
        .map(Run::memoryAtEnd)
        .filter(memory -> memory != null && memory.sqliteBytes() != null)
        .mapToLong(MemoryAtEnd::sqliteBytes)
        .sum();
  }

  /** What SQLite held of somebody who is named. */
  private static long explained(List<Suspicion> suspicions) {
    return suspicions.stream()
        .filter(suspicion -> suspicion.isHeld() && suspicion.cause().isSqlite())
        .mapToLong(Suspicion::bytes)
        .sum();
  }

  /** What no rule explains is no proof of a clean end. */
  private static void sqliteOfNobody(Run run, List<String> missing) {
    MemoryAtEnd memory = run.memoryAtEnd();
    Long held = memory == null ? null : memory.sqliteBytes();
    if (held != null && held >= MUCH_SQLITE) {
      missing.add(
          "SQLite still held "
              + Units.bytes(held)
              + " when "
              + run.id()
              + " ended, of no test, query or connection in particular");
    }
  }

  private static boolean isSilentRunner(Facts facts, Run run) {
    return TestRunners.isOne(run.context().command())
        && facts.tests().stream().noneMatch(test -> run.id().equals(test.runId()));
  }

  private static List<String> missing(Facts facts, long explained) {
    List<String> missing = new ArrayList<>();
    boolean noRetainedHeap =
        facts.tests().stream().allMatch(test -> test.heap().retainedBytes() == null);
    String why = facts.quality().whyNoRetainedHeap();
    if (!facts.tests().isEmpty() && noRetainedHeap) {
      missing.add(
          "Java heap that tests left behind was only sampled. Less than "
              + Units.bytes(HeapKept.THRESHOLD_BYTES)
              + " of one test goes unseen: "
              + (why == null ? "record with leaks=gc to measure it" : why));
    }
    facts.runs().stream()
        .filter(run -> isSilentRunner(facts, run))
        .forEach(
            run ->
                missing.add(
                    "JVM "
                        + run.pid()
                        + " is a test runner's, but none of its tests was seen: none ran, or its framework is none"
                        + " of those that the agent knows (JUnit 3 to 6, TestNG, and what runs on the JUnit Platform)"));
    missing.addAll(Rules.OF_HEAP.undecided(facts));
    if (sqliteHeld(facts) - explained >= MUCH_SQLITE) {
      facts.runs().forEach(run -> sqliteOfNobody(run, missing));
    }
    Rules.OF_GROWTH.forEach(rule -> missing.addAll(rule.undecided(facts)));
    return missing;
  }
}
