// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import io.memreport.diagnosis.rule.Samples;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.memory.MemorySample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What a kind of memory grew by in the tests of one run, and still had at the end. What it grew by
 * between two samples is shared by the tests that ran then, or else by the fixtures; what it shrank
 * by is taken from those that run, then from those that ran last.
 *
 * @param bytes from the first sample with a test to the last one of the run
 * @param shares of tests that have some left, the largest first
 */
public record Growth(long bytes, List<Share> shares) {
  /** So much more before and after is no loss and no gain. */
  private static final double DIP = 1.5;

  private static final Duration MOMENT = Duration.ofSeconds(1);

  /** How much of a kind there was at some time. */
  public record Point(Instant at, long bytes) {}

  /**
   * What is left of a test.
   *
   * @param alone of it, what grew while no other test ran
   */
  public record Share(TestResult test, long bytes, long alone) {
    Share atMost(long most) {
      return new Share(test, Math.min(bytes, most), Math.min(alone, most));
    }

    Share without(long foreign) {
      return new Share(test, bytes - foreign, Math.max(0, alone - foreign));
    }
  }

  /** Null if the kind was not measured twice while tests ran, or none ran. */
  static Growth of(Facts facts, Run run, List<Point> points) {
    return of(facts, run, points, false);
  }

  /**
   * The same where nothing was collected between the tests: what was given back may have been of
   * any of those that had something then, and what grew while two of them ran of either: each has
   * what grew while it ran alone, without all that was given back since.
   */
  public static Growth least(Facts facts, Run run, List<Point> points) {
    return of(facts, run, points, true);
  }

  /** What the samples of a run show of a kind. */
  static List<Point> sampled(Facts facts, Run run, Function<MemorySample, Long> kind) {
    return points(withoutDips(known(facts, run, kind), kind, starts(facts, run)), kind);
  }

  /** The same with all that went and came back at once. */
  static List<Point> sampledWithDips(Facts facts, Run run, Function<MemorySample, Long> kind) {
    return points(known(facts, run, kind), kind);
  }

  private static List<MemorySample> known(Facts facts, Run run, Function<MemorySample, Long> kind) {
    return Samples.of(facts, run).all().stream()
        .filter(sample -> kind.apply(sample) != null)
        .toList();
  }

  private static List<Point> points(List<MemorySample> samples, Function<MemorySample, Long> kind) {
    return samples.stream().map(sample -> new Point(sample.at(), kind.apply(sample))).toList();
  }

  private static Growth of(Facts facts, Run run, List<Point> points, boolean least) {
    List<TestSpan> spans =
        facts.timeline().spans().stream()
            .filter(span -> run.id().equals(span.runId()) && facts.test(span.testId()) != null)
            .sorted(Comparator.comparing(TestSpan::from))
            .toList();
    if (points.size() < 2 || spans.isEmpty()) {
      return null;
    }
    Ledger ledger = new Ledger(facts, spans, least);
    Instant begin = spans.get(0).from();
    Long first = null;
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      if (to.at().isAfter(begin)) {
        first = first == null ? from.bytes() : first;
        ledger.add(from.at(), to.at(), to.bytes() - from.bytes());
      }
    }
    return first == null
        ? null
        : new Growth(points.get(points.size() - 1).bytes() - first, ledger.shares());
  }

  private static List<Instant> starts(Facts facts, Run run) {
    return facts.timeline().spans().stream()
        .filter(span -> run.id().equals(span.runId()))
        .map(TestSpan::from)
        .toList();
  }

  /**
   * While a full collection moves what is measured, some samples find a part of it only: what is
   * back a moment later was never gone, and no test took it. Unless one began meanwhile, which may
   * have taken as much as the one before gave back.
   *
   * @param starts when tests began
   */
  static List<MemorySample> withoutDips(
      List<MemorySample> samples, Function<MemorySample, Long> kind, List<Instant> starts) {
    List<MemorySample> kept = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      long high = (long) (DIP * kind.apply(samples.get(i)));
      long before = kept.isEmpty() ? 0 : kind.apply(kept.get(kept.size() - 1));
      if (before <= high || !returns(samples, i, kind, high, (long) (DIP * before), starts)) {
        kept.add(samples.get(i));
      }
    }
    return kept;
  }

  /** To what it was: what grows beyond that is new. */
  private static boolean returns(
      List<MemorySample> samples,
      int from,
      Function<MemorySample, Long> kind,
      long above,
      long atMost,
      List<Instant> starts) {
    Instant begin = samples.get(from).at();
    Instant end =
        starts.stream()
            .filter(start -> !start.isBefore(begin))
            .reduce(begin.plus(MOMENT), (one, other) -> one.isBefore(other) ? one : other);
    return samples.subList(from + 1, samples.size()).stream()
        .takeWhile(later -> later.at().isBefore(end))
        .map(kind)
        .anyMatch(later -> later > above && later <= atMost);
  }

  /**
   * What is left of the shares without what is not the tests' own, and no more than they can have,
   * the largest first.
   */
  public List<Share> sharesWithout(
      ToLongFunction<TestResult> foreign, ToLongFunction<TestResult> atMost) {
    return shares.stream()
        .map(share -> share.without(foreign.applyAsLong(share.test())))
        .map(share -> share.atMost(atMost.applyAsLong(share.test())))
        .filter(share -> share.bytes() > 0)
        .sorted(Comparator.comparingLong(Share::bytes).reversed())
        .toList();
  }

  /** What tests have together. */
  long shared() {
    return shares.stream().mapToLong(Share::bytes).sum();
  }

  private static final class Ledger {
    private final boolean least;
    private final Facts facts;
    private final List<TestSpan> spans;
    private final Map<String, Balance> balances = new LinkedHashMap<>();
    private final List<TestSpan> active = new ArrayList<>();
    private int next;

    Ledger(Facts facts, List<TestSpan> spans, boolean least) {
      this.least = least;
      this.facts = facts;
      this.spans = spans;
    }

    void add(Instant from, Instant to, long change) {
      active.removeIf(span -> span.to() != null && !span.to().isAfter(from));
      for (; next < spans.size() && spans.get(next).from().isBefore(to); next++) {
        TestSpan span = spans.get(next);
        if (span.to() == null || span.to().isAfter(from)) {
          active.add(span);
        }
      }
      List<Balance> running = running();
      if (change < 0 && least) {
        balances.values().forEach(one -> one.take(-change));
      } else if (change < 0) {
        release(running, -change);
      } else if (!least || running.size() == 1) {
        running.forEach(one -> one.add(change / running.size(), running.size() == 1));
      }
    }

    /** A class's span covers its tests: its fixtures are at work only when no test is. */
    private List<Balance> running() {
      List<TestSpan> tests = active.stream().filter(span -> !isOfClass(span)).toList();
      return (tests.isEmpty() ? active : tests)
          .stream()
              .map(span -> balances.computeIfAbsent(span.testId(), missing -> new Balance()))
              .toList();
    }

    private boolean isOfClass(TestSpan span) {
      return facts.test(span.testId()).isFixture();
    }

    private void release(List<Balance> running, long bytes) {
      long left = bytes;
      for (Balance one : running) {
        left -= one.take(left);
      }
      List<Balance> all = new ArrayList<>(balances.values());
      for (int i = all.size() - 1; i >= 0 && left > 0; i--) {
        left -= all.get(i).take(left);
      }
    }

    List<Share> shares() {
      List<Share> shares = new ArrayList<>();
      balances.forEach(
          (id, one) -> {
            if (one.bytes > 0) {
              shares.add(new Share(facts.test(id), one.bytes, Math.min(one.alone, one.bytes)));
            }
          });
      shares.sort(Comparator.comparingLong(Share::bytes).reversed());
      return shares;
    }
  }

  private static final class Balance {
    private long bytes;
    private long alone;

    void add(long more, boolean isAlone) {
      bytes += more;
      alone += isAlone ? more : 0;
    }

    long take(long most) {
      long taken = Math.min(most, bytes);
      bytes -= taken;
      alone = Math.min(alone, bytes);
      return taken;
    }
  }
}
