// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death;

import io.memreport.diagnosis.death.holder.Holders;
import io.memreport.diagnosis.death.holder.TestGrowth;
import io.memreport.diagnosis.growth.Growth.Point;
import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Exhaustion;
import io.memreport.model.Facts;
import io.memreport.model.JvmLimits;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Measured;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who filled what an OutOfMemoryError says is full. Where it is thrown is where memory was missing:
 * that test is the culprit only if nobody else had filled it before.
 *
 * @param culprits empty for nobody in particular
 * @param filled whether what the culprits took is known to be what was full
 */
record Throwers(List<Culprit> culprits, List<Evidence> evidence, boolean filled) {
  /** Pools of the JDK start some. */
  private static final int MANY_THREADS = 8;

  private static final String ERROR = "java.lang.OutOfMemoryError";

  /** The tests that threw it; JUnit throws it once more for the class, which is none of it. */
  static List<TestResult> all(Facts facts, Run run) {
    List<TestResult> all =
        facts.tests().stream()
            .filter(test -> run.id().equals(test.runId()))
            .filter(test -> test.failure() != null && test.failure().startsWith(ERROR))
            .toList();
    Set<String> classes =
        all.stream()
            .filter(test -> !test.isFixture())
            .map(TestResult::className)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return all.stream()
        .filter(test -> !test.isFixture() || !classes.contains(test.className()))
        .toList();
  }

  /**
   * Those, or else the one test that ran when the run met its first OutOfMemoryError, which
   * somebody caught or which was thrown on another thread.
   */
  private static List<TestResult> met(Facts facts, Run run) {
    List<TestResult> threw = all(facts, run);
    Exhaustion error = facts.exhaustions().firstError(run);
    if (!threw.isEmpty() || error == null) {
      return threw;
    }
    List<TestResult> then =
        facts.timeline().spans().stream()
            .filter(span -> run.id().equals(span.runId()))
            .filter(span -> !span.from().isAfter(error.at()))
            .filter(span -> span.to() == null || !span.to().isBefore(error.at()))
            .map(span -> facts.test(span.testId()))
            .filter(Objects::nonNull)
            .toList();
    List<TestResult> tests = then.stream().filter(test -> !test.isFixture()).toList();
    List<TestResult> narrowest = tests.isEmpty() ? then : tests;
    return narrowest.size() == 1 ? narrowest : List.of();
  }

  /** What the errors of a run come to; null if it is not known who threw or caused one. */
  static Throwers of(Facts facts, Run run, Cause cause) {
    List<TestResult> throwers = met(facts, run);
    Throwers seen = cause == Cause.JAVA_HEAP ? byObjects(facts, run, throwers) : null;
    if (seen != null || throwers.isEmpty()) {
      return seen;
    }
    Throwers counted = cause == Cause.THREADS ? byCount(facts, run, throwers) : null;
    if (counted != null) {
      return counted;
    }
    Function<MemorySample, Long> kind =
        cause == Cause.JAVA_HEAP ? MemorySample::javaHeapUsedBytes : CauseOfDeath.kind(cause);
    List<Point> until =
        until(
            facts,
            run,
            throwers.get(0),
            points(facts, run, cause, TestGrowth.sampled(facts, run, kind)));
    long held = until.stream().mapToLong(Point::bytes).max().orElse(0);
    Long most =
        cause == Cause.JAVA_HEAP && run.context().limits() != null
            ? run.context().limits().maxHeapBytes()
            : null;
    long enough = (long) (Holders.ENOUGH * (most == null ? held : Math.max(most, held)));
    List<TestGrowth> growths = TestGrowth.of(facts, run, until);
    // What grew between two samples may be of whoever ran then: nobody else is accused for that.
    List<TestGrowth> others =
        growths.stream()
            .filter(growth -> !throwers.contains(growth.test()))
            .filter(growth -> growth.least() >= enough)
            .toList();
    Holders before = Holders.of(others, enough);
    if (!before.culprits().isEmpty()) {
      return new Throwers(
          before.culprits(),
          List.of(
              Names.recorded(
                  Names.test(throwers.get(0))
                      + " only met the limit: "
                      + before.subject()
                      + " had filled most of it before")),
          true);
    }
    List<Culprit> culprits = new ArrayList<>();
    for (TestResult thrower : throwers) {
      boolean took =
          cause == Cause.THREADS
              ? startedMost(thrower, growths)
              : tookEnough(thrower, growths, enough);
      if (held < enough || took) {
        culprits.add(
            Names.culprit(thrower, thrower.heap().allocatedBytes()).measuredAs(Measured.ALLOCATED));
      }
    }
    return new Throwers(
        culprits,
        culprits.isEmpty()
            ? List.of(
                Names.recorded(
                    Names.test(throwers.get(0))
                        + " only met the limit: it allocated little of what filled it"))
            : List.of(),
        throwers.stream().anyMatch(thrower -> isKnown(thrower, growths, enough)));
  }

  /**
   * Objects that lived right after the error are of the test that allocated them, on whatever
   * thread; null if those of no test explain half of what it may have.
   */
  private static Throwers byObjects(Facts facts, Run run, List<TestResult> throwers) {
    JvmLimits limits = run.context().limits();
    Long most = limits == null ? null : limits.maxHeapBytes();
    if (most == null) {
      return null;
    }
    List<HeapLine> lines = HeapLine.whenExhausted(facts, run);
    double enough = Holders.ENOUGH * HeapLine.explained(lines, most);
    Map<TestResult, List<HeapSite>> byTest = new LinkedHashMap<>();
    for (HeapLine line : lines) {
      if (line.test() != null) {
        byTest.computeIfAbsent(line.test(), missing -> new ArrayList<>()).addAll(line.sites());
      }
    }
    for (Map.Entry<TestResult, List<HeapSite>> entry : byTest.entrySet()) {
      long bytes = entry.getValue().stream().mapToLong(HeapSite::bytes).sum();
      if (bytes - HeapSite.error(entry.getValue()) >= enough) {
        TestResult test = entry.getKey();
        String how =
            "objects of "
                + Names.test(test)
                + " took "
                + HeapLine.estimate(bytes, HeapSite.error(entry.getValue()))
                + " right after the error";
        boolean threw = throwers.isEmpty() || throwers.contains(test);
        return new Throwers(
            List.of(Names.culprit(test, Math.min(bytes, most))),
            List.of(
                Names.recorded(
                    threw
                        ? Names.capital(how)
                        : Names.test(throwers.get(0)) + " only met the limit: " + how)),
            true);
      }
    }
    return null;
  }

  /**
   * Threads are limited by number, and each test tells how many it left; null if none left many, as
   * where a test that met the limit had ended its threads.
   */
  private static Throwers byCount(Facts facts, Run run, List<TestResult> throwers) {
    Map<TestResult, Long> left = new LinkedHashMap<>();
    facts
        .boundaries()
        .left(run.id(), Boundary::threads)
        .forEach(
            (id, count) -> {
              TestResult test = facts.test(id);
              if (test != null && !test.isFixture() && count > 0) {
                left.put(test, count);
              }
            });
    long all = left.values().stream().mapToLong(count -> count).sum();
    TestResult most = left.keySet().stream().max(Comparator.comparingLong(left::get)).orElse(null);
    if (most == null
        || all < MANY_THREADS
        || left.get(most) < Holders.ENOUGH * all
        || !ranAlone(facts, run, most)) {
      return null;
    }
    String how = Names.test(most) + " left " + left.get(most) + " threads running";
    return new Throwers(
        List.of(Names.culprit(most, most.heap().allocatedBytes()).measuredAs(Measured.ALLOCATED)),
        List.of(
            Names.recorded(
                throwers.contains(most)
                    ? how
                    : Names.test(throwers.get(0)) + " only met the limit: " + how)),
        !throwers.contains(most));
  }

  private static boolean ranAlone(Facts facts, Run run, TestResult test) {
    List<TestSpan> spans =
        facts.timeline().spans().stream()
            .filter(span -> run.id().equals(span.runId()) && facts.test(span.testId()) != null)
            .filter(span -> !facts.test(span.testId()).isFixture())
            .toList();
    return spans.stream()
        .filter(own -> own.testId().equals(test.id()))
        .allMatch(own -> spans.stream().noneMatch(other -> other != own && overlap(own, other)));
  }

  private static boolean overlap(TestSpan one, TestSpan other) {
    return (one.to() == null || other.from().isBefore(one.to()))
        && (other.to() == null || one.from().isBefore(other.to()));
  }

  /**
   * Threads are limited by number: their stacks only tell whether another test has more of them.
   */
  private static boolean startedMost(TestResult thrower, List<TestGrowth> growths) {
    long own =
        growths.stream()
            .filter(growth -> thrower.equals(growth.test()))
            .mapToLong(TestGrowth::most)
            .sum();
    return growths.stream()
        .filter(growth -> growth.test() != null && !thrower.equals(growth.test()))
        .allMatch(growth -> growth.least() <= own);
  }

  /** A test whose own thread allocated little may have had others allocate for it. */
  private static boolean tookEnough(TestResult thrower, List<TestGrowth> growths, long enough) {
    return thrower.heap().allocatedBytes() == null || isKnown(thrower, growths, enough);
  }

  private static boolean isKnown(TestResult thrower, List<TestGrowth> growths, long enough) {
    Long allocated = thrower.heap().allocatedBytes();
    return allocated != null && allocated >= Holders.ENOUGH * enough
        || growths.stream()
            .anyMatch(growth -> thrower.equals(growth.test()) && growth.most() >= enough);
  }

  /** What is asked where tests begin and end falls between two samples, of either test. */
  private static List<Point> points(Facts facts, Run run, Cause cause, List<Point> sampled) {
    Stream<Point> asked =
        cause != Cause.DIRECT_BUFFERS
            ? Stream.of()
            : facts.boundaries().of(run.id(), Boundary::directBytes).stream()
                .map(boundary -> new Point(boundary.at(), boundary.directBytes()));
    return Stream.concat(sampled.stream(), asked).sorted(Comparator.comparing(Point::at)).toList();
  }

  /** What was seen before the error: what had filled the heap may be given back right after it. */
  private static List<Point> until(Facts facts, Run run, TestResult thrower, List<Point> points) {
    Optional<TestSpan> span =
        facts.timeline().spans().stream()
            .filter(one -> thrower.id().equals(one.testId()))
            .findFirst();
    Instant end = span.map(TestSpan::to).orElse(Instant.MAX);
    Exhaustion error = facts.exhaustions().firstError(run);
    boolean within =
        error != null
            && error.at().isBefore(end)
            && span.map(TestSpan::from).filter(from -> from.isBefore(error.at())).isPresent();
    Instant last = within ? error.at() : end;
    return points.stream().filter(point -> !point.at().isAfter(last)).toList();
  }
}
