// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import io.memreport.diagnosis.growth.Growth.Point;
import io.memreport.diagnosis.rule.Samples;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.TestStatus;
import io.memreport.model.memory.MemorySample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * By how much a kind of memory of the process grew in the time of a test, or of the fixtures of a
 * class. Two figures in a row tell a difference; it is a test's own if nothing else ran between
 * them, and may be of each that did otherwise.
 *
 * @param test null for what ran outside of all tests
 * @param least what is its own for certain
 * @param most what can be its own; of a test that is over, no more than was still there at each
 *     time after it
 */
public record TestGrowth(TestResult test, long least, long most) {
  /** All of a run that can hold anything of what the samples show, the one that can most first. */
  public static List<TestGrowth> of(Facts facts, Run run, Function<MemorySample, Long> kind) {
    return of(facts, run, sampled(facts, run, kind));
  }

  /** What the samples of a run show of a kind, in the order of time. */
  public static List<Point> sampled(Facts facts, Run run, Function<MemorySample, Long> kind) {
    return Samples.of(facts, run).all().stream()
        .filter(sample -> kind.apply(sample) != null)
        .map(sample -> new Point(sample.at(), kind.apply(sample)))
        .toList();
  }

  /** The same by what is known at these times, in their order. */
  public static List<TestGrowth> of(Facts facts, Run run, List<Point> known) {
    List<Unit> units = units(facts, run);
    for (int i = 1; i < known.size(); i++) {
      Point before = known.get(i - 1);
      Point after = known.get(i);
      share(units, before.at(), after.at(), after.bytes() - before.bytes());
    }
    return units.stream()
        .map(unit -> unit.growth(known))
        .filter(growth -> growth.most > 0)
        .sorted(Comparator.comparingLong(TestGrowth::most).reversed())
        .toList();
  }

  public boolean isFixture() {
    return test != null && test.isFixture();
  }

  private static List<Unit> units(Facts facts, Run run) {
    Map<String, TestResult> tests = new HashMap<>();
    facts.tests().stream()
        .filter(test -> run.id().equals(test.runId()))
        .forEach(test -> tests.put(test.id(), test));
    List<Unit> units = new ArrayList<>();
    Unit outside = new Unit(null, null, null);
    units.add(outside);
    for (TestSpan span : facts.timeline().spans()) {
      TestResult test = run.id().equals(span.runId()) ? tests.get(span.testId()) : null;
      boolean running = test != null && test.status() == TestStatus.RUNNING_AT_END;
      if (test != null
          && (running || test.status() != TestStatus.UNKNOWN && test.durationNanos() != null)) {
        units.add(new Unit(test, span.from(), running ? null : span.to()));
      }
    }
    for (Unit unit : units) {
      units.stream().filter(unit::encloses).forEach(unit.inner::add);
    }
    return units;
  }

  private static void share(List<Unit> units, Instant from, Instant to, long bytes) {
    List<Unit> active = units.stream().filter(unit -> unit.isActive(from, to)).toList();
    for (Unit unit : active) {
      unit.add(
          active.size() == 1 || bytes < 0 ? bytes : 0, active.size() == 1 || bytes > 0 ? bytes : 0);
    }
  }

  /** Something that ran in its own time but that of what ran within it. */
  private static final class Unit {
    final TestResult test;
    final Instant from;
    final Instant to;
    final List<Unit> inner = new ArrayList<>();
    long least;
    long most;

    /** Null for its beginning or end if it has none. */
    Unit(TestResult test, Instant from, Instant to) {
      this.test = test;
      this.from = from == null ? Instant.MIN : from;
      this.to = to == null ? Instant.MAX : to;
    }

    /** What goes below nothing was taken before: growth counts from the lowest point on. */
    void add(long leastBytes, long mostBytes) {
      least = Math.max(0, least + leastBytes);
      most = Math.max(0, most + mostBytes);
    }

    /** What is outside of all has classes and tests within it, a class the tests of its own. */
    boolean encloses(Unit other) {
      if (this == other || other.test == null) {
        return false;
      }
      return test == null
          || test.isFixture()
              && !other.test.isFixture()
              && test.className() != null
              && test.className().equals(other.test.className());
    }

    /** Whether it ran, without anything within it, at some time between those two. */
    boolean isActive(Instant after, Instant until) {
      Instant start = from.isAfter(after) ? from : after;
      Instant end = to.isBefore(until) ? to : until;
      if (!start.isBefore(end)) {
        return false;
      }
      List<Unit> within =
          inner.stream()
              .filter(unit -> unit.from.isBefore(end) && unit.to.isAfter(start))
              .sorted(Comparator.comparing((Unit unit) -> unit.from))
              .toList();
      Instant covered = start;
      for (Unit unit : within) {
        if (unit.from.isAfter(covered)) {
          return true;
        }
        covered = unit.to.isAfter(covered) ? unit.to : covered;
      }
      return covered.isBefore(end);
    }

    TestGrowth growth(List<Point> known) {
      long left = left(known);
      return new TestGrowth(test, Math.min(least, Math.max(0, left)), Math.min(most, left));
    }

    /** What was always there after its end of what was not there at its beginning. */
    private long left(List<Point> known) {
      if (to.equals(Instant.MAX) || known.isEmpty()) {
        return Long.MAX_VALUE;
      }
      long start = known.get(0).bytes();
      Long left = null;
      for (Point point : known) {
        long now = point.bytes();
        start = point.at().isAfter(from) ? start : now;
        if (!point.at().isBefore(to)) {
          left = left == null ? now : Math.min(left, now);
        }
      }
      return left == null ? Long.MAX_VALUE : left - start;
    }
  }
}
