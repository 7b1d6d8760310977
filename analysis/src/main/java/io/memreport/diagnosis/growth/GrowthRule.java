// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import io.memreport.diagnosis.rule.Need;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.TestStatus;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * A kind of memory that grew while tests ran and was still there when the run ended. Tests are
 * named only if they explain at least half of it, and only if full collections after each test show
 * that it is no garbage.
 */
public abstract class GrowthRule implements Rule {
  private static final double HALF = 0.5;

  /** So much of a test's growth fell into times when no other test ran. */
  private static final double NEARLY_ALL = 0.9;

  private static final int NAMED = 5;

  private final Cause cause;
  private final String words;
  private final long leastBytes;
  private final Function<MemorySample, Long> kind;

  /**
   * A rule for one kind.
   *
   * @param words what the kind is called, to end a sentence with
   * @param leastBytes what the JVM may grow by of itself
   */
  protected GrowthRule(
      Cause cause, String words, long leastBytes, Function<MemorySample, Long> kind) {
    this.cause = cause;
    this.words = words;
    this.leastBytes = leastBytes;
    this.kind = kind;
  }

  /** What of the growth is known to be free; 0 unless a rule knows better. */
  protected long free(Facts facts, Run run) {
    return 0;
  }

  /** As much as a test can have. */
  protected static final long ALL = Long.MAX_VALUE / 2;

  /**
   * How much there was when tests began and ended, which is exact, and in the last sample; by
   * samples alone where no test was asked.
   */
  protected static List<Growth.Point> asked(
      Facts facts, Run run, Function<Boundary, Long> what, List<Growth.Point> sampled) {
    List<Growth.Point> points = new ArrayList<>();
    facts
        .boundaries()
        .of(run.id(), what)
        .forEach(at -> points.add(new Growth.Point(at.at(), what.apply(at))));
    if (points.isEmpty() || sampled.isEmpty()) {
      return sampled;
    }
    Growth.Point last = sampled.get(sampled.size() - 1);
    if (last.at().isAfter(points.get(points.size() - 1).at())) {
      points.add(last);
    }
    return points;
  }

  /** What may be counted as a test's and is not its own; 0 unless a rule knows better. */
  protected long foreign(Facts facts, TestResult test) {
    return 0;
  }

  /**
   * As much as tests can have taken, by what else is known of their times; asked where full
   * collections did not bracket them.
   */
  protected ToLongFunction<TestResult> atMost(Facts facts, Run run) {
    return test -> ALL;
  }

  /** Address ranges are read now and then, and show late what all resident memory shows at once. */
  protected static ToLongFunction<TestResult> grownResident(Facts facts, Run run) {
    Map<String, Long> grown = facts.boundaries().left(run.id(), Boundary::residentBytes);
    return test -> Math.max(0, grown.getOrDefault(test.id(), ALL));
  }

  /** How much there was of it, in the order of time: by samples unless a rule knows better. */
  protected List<Growth.Point> points(Facts facts, Run run) {
    return Growth.sampled(facts, run, kind);
  }

  /** Whether it is what a kind costs once, at its first use; no unless a rule knows. */
  protected boolean isOnce(Facts facts, Run run, Growth growth) {
    return false;
  }

  /** Whether only a full collection tells what is in use of it; so it is unless a rule knows. */
  protected boolean mayBeGarbage() {
    return true;
  }

  /**
   * Whether one full collection at the end of the run tells what is in use; so it is of nothing
   * that frameworks and the JVM itself take while tests run, unless a rule knows that.
   */
  protected boolean endTells(Facts facts, Run run) {
    return false;
  }

  /** Whether figures are exact as soon as a collection is over; no unless a rule knows. */
  protected boolean isExact() {
    return false;
  }

  /** What to do about it in this run. */
  protected String advice(Facts facts, Run run) {
    return advice();
  }

  /** What else is known of it, or null. */
  protected String evidence(Facts facts, Run run) {
    return null;
  }

  protected final String least() {
    return Units.bytes(leastBytes);
  }

  @Override
  public final List<Suspicion> examine(Facts facts) {
    List<Suspicion> found = new ArrayList<>();
    for (Run run : watched(facts)) {
      Growth growth = growth(facts, run);
      if (growth != null && isDecided(facts, run, growth)) {
        found.add(suspicion(facts, run, growth));
      }
    }
    return found;
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.TEST);
  }

  /** One line for each run. */
  @Override
  public final List<String> undecided(Facts facts) {
    List<String> undecided = new ArrayList<>();
    for (Run run : watched(facts)) {
      Growth growth = growth(facts, run);
      if (growth != null && !isDecided(facts, run, growth)) {
        undecided.add(
            "The process grew by "
                + Units.bytes(growth.bytes())
                + " of "
                + words
                + (!mayBeGarbage(facts, run)
                    ? isExplained(growth)
                        ? ", most of it in "
                            + Names.test(growth.shares().get(0).test())
                            + ": that is the cost of a first use, or a leak"
                        : ", and no test explains half of it"
                    : garbage(facts)));
      }
    }
    return undecided;
  }

  private static String garbage(Facts facts) {
    String why = facts.quality().whyNoRetainedHeap();
    return why == null
        ? ": record with leaks=gc to tell garbage from what tests left behind"
        : ", which may be garbage: " + why;
  }

  private Growth growth(Facts facts, Run run) {
    List<Growth.Point> points = decided(facts, run);
    Growth growth =
        !collects(facts, run) ? Growth.least(facts, run, points) : Growth.of(facts, run, points);
    long free = free(facts, run);
    if (growth == null || growth.bytes() - free < leastBytes) {
      return null;
    }
    ToLongFunction<TestResult> atMost = collects(facts, run) ? test -> ALL : atMost(facts, run);
    long ofTests =
        growth.sharesWithout(test -> foreign(facts, test), atMost).stream()
            .mapToLong(Growth.Share::bytes)
            .sum();
    // More than what has no owner is free: that may have been of any test.
    long freeOfTests = Math.max(0, free - Math.max(0, growth.bytes() - ofTests));
    return new Growth(
        growth.bytes() - free,
        growth.sharesWithout(test -> foreign(facts, test) + freeOfTests, atMost));
  }

  /**
   * Of a run that was killed only what is there when its last test begins, right after a full
   * collection: what that one took, and what is garbage of it, is told of the death.
   */
  private List<Growth.Point> decided(Facts facts, Run run) {
    if (!isCutOff(run)) {
      return points(facts, run);
    }
    TestSpan last = isExact() && collects(facts, run) ? runsAtEnd(facts, run) : null;
    return last == null
        ? List.of()
        : points(facts, run).stream().filter(point -> !point.at().isAfter(last.from())).toList();
  }

  private static boolean isCutOff(Run run) {
    return run.ending() == Ending.KILLED || run.ending() == Ending.JAVA_OOM;
  }

  /** The first of the tests that never ended; null if there is none. */
  private static TestSpan runsAtEnd(Facts facts, Run run) {
    return facts.timeline().spans().stream()
        .filter(span -> run.id().equals(span.runId()))
        .filter(
            span -> {
              TestResult test = facts.test(span.testId());
              return test != null
                  && !test.isFixture()
                  && test.status() == TestStatus.RUNNING_AT_END;
            })
        .min(Comparator.comparing(TestSpan::from))
        .orElse(null);
  }

  private boolean isDecided(Facts facts, Run run, Growth growth) {
    return isExplained(growth) && !mayBeGarbage(facts, run) && !isOnce(facts, run, growth);
  }

  private boolean mayBeGarbage(Facts facts, Run run) {
    return mayBeGarbage() && !collects(facts, run) && !endTells(facts, run);
  }

  private static boolean isExplained(Growth growth) {
    return growth.shared() >= HALF * growth.bytes();
  }

  /** Whether each test ended with a full collection, so that what is left is no garbage. */
  static boolean collects(Facts facts, Run run) {
    return facts.tests().stream()
        .anyMatch(test -> run.id().equals(test.runId()) && test.heap().retainedBytes() != null);
  }

  private Suspicion suspicion(Facts facts, Run run, Growth growth) {
    List<Growth.Share> behind = new ArrayList<>();
    long sum = 0;
    for (Growth.Share share : growth.shares()) {
      if (sum >= HALF * Math.min(growth.bytes(), growth.shared())) {
        break;
      }
      behind.add(share);
      sum += share.bytes();
    }
    Growth.Share first = behind.get(0);
    boolean many = behind.size() > 1;
    OfClass together = many ? OfClass.of(growth) : null;
    if (together != null && together.bytes() >= HALF * Math.min(growth.bytes(), growth.shared())) {
      return suspicion(facts, run, growth, together);
    }
    long bytes = Math.min(growth.bytes(), many ? growth.shared() : first.bytes());
    String left =
        (many ? "and " + (growth.shares().size() - 1) + " more tests left " : "left ")
            + Units.bytes(bytes)
            + " of "
            + words
            + " behind";
    boolean alone = first.alone() >= NEARLY_ALL * first.bytes();
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "While tests ran the process grew by "
            + Units.bytes(growth.bytes())
            + " of "
            + words
            + until(facts, run)
            + Units.bytes(Math.min(growth.bytes(), first.bytes()))
            + " of it in "
            + Names.test(first.test())
            + (alone ? ", when no other test ran" : ", partly beside other tests"));
    String more = evidence(facts, run);
    if (more != null) {
      evidence.add(more);
    }
    List<Culprit> culprits =
        behind.stream()
            .limit(NAMED)
            .map(share -> Names.culprit(share.test(), Math.min(growth.bytes(), share.bytes())))
            .toList();
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            Names.test(first.test()) + " " + left,
            String.join("; ", evidence),
            advice(facts, run),
            first.test().id()),
        cause,
        alone && !many ? Confidence.LIKELY : Confidence.POSSIBLE,
        left,
        bytes,
        culprits,
        evidence.stream().map(Names::recorded).toList());
  }

  private static String until(Facts facts, Run run) {
    return isCutOff(run)
        ? " that it still had when "
            + Names.test(facts.test(runsAtEnd(facts, run).testId()))
            + " began, "
        : " that it still had at the end, ";
  }

  /** Of many that left a little each, the class that they share. */
  private Suspicion suspicion(Facts facts, Run run, Growth growth, OfClass together) {
    long bytes = Math.min(growth.bytes(), together.bytes());
    String left =
        "left "
            + Units.bytes(bytes)
            + " of "
            + words
            + " behind in its "
            + together.count()
            + " tests";
    List<String> evidence = new ArrayList<>();
    evidence.add(
        "While tests ran the process grew by "
            + Units.bytes(growth.bytes())
            + " of "
            + words
            + until(facts, run)
            + Units.bytes(bytes)
            + " of it in tests of "
            + together.name()
            + ", a little in each");
    String more = evidence(facts, run);
    if (more != null) {
      evidence.add(more);
    }
    return new Suspicion(
        new Finding(
            id(),
            Severity.WARNING,
            Names.shown(Names.simple(together.name())) + " " + left,
            String.join("; ", evidence),
            advice(facts, run),
            null),
        cause,
        Confidence.POSSIBLE,
        left,
        bytes,
        List.of(new Culprit("class", together.name(), Names.simple(together.name()), bytes)),
        evidence.stream().map(Names::recorded).toList());
  }

  /** A supervisor's own memory is nobody's. */
  private static List<Run> watched(Facts facts) {
    return facts.runs().stream().filter(run -> !run.isSupervisor()).toList();
  }
}
