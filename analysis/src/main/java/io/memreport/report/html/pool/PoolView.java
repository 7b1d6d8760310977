// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.pool;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.sql.Borrow;
import io.memreport.model.sql.Pool;
import io.memreport.report.html.part.Anchors;
import io.memreport.report.html.part.Fact;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One connection pool with its settings, and who had its connections for long; {@code out} counts
 * those that were not back at the end.
 */
public record PoolView(
    String anchor,
    String name,
    String kind,
    List<Fact> settings,
    List<Measure> use,
    int out,
    long borrowCount,
    List<Loan> borrows) {

  /** One borrowing; {@code connection} is null if it is not on this page, {@code back} if out. */
  public record Loan(String thread, Link connection, String since, String held, boolean back) {}

  /** The most pools that the page lists, and the most borrowings of each. */
  private static final int LISTED = 50;

  private static final int NAME = 200;
  private static final int TEXT = 1000;
  private static final long MILLI = 1_000_000;

  public static List<PoolView> of(PostMortem postMortem, Names names) {
    Anchors anchors = new Anchors("pool-");
    Map<String, Run> runs =
        postMortem.runs().stream().collect(Collectors.toMap(Run::id, run -> run, (a, b) -> a));
    return postMortem.pools().stream()
        .limit(LISTED)
        .map(pool -> of(pool, anchors.take(pool.id()), runs.get(pool.runId()), names))
        .toList();
  }

  private static PoolView of(Pool pool, String anchor, Run run, Names names) {
    Instant start = run == null ? null : run.startedAt();
    Instant end = run == null ? null : run.endedAt();
    return new PoolView(
        anchor,
        VisibleText.shorten(VisibleText.line(pool.name()), NAME),
        VisibleText.label(pool.kind()),
        settings(pool),
        List.of(
            limit(pool.maxSize()),
            count(pool.mostActive()),
            count(pool.mostWaiting()),
            count(pool.lastTotal()),
            count(pool.lastIdle())),
        (int) pool.borrows().stream().filter(borrow -> borrow.until() == null).count(),
        pool.longBorrows(),
        pool.borrows().stream()
            .sorted(
                Comparator.comparing((Borrow borrow) -> borrow.until() != null)
                    .thenComparing(Borrow::since))
            .limit(LISTED)
            .map(borrow -> loan(borrow, start, end, names))
            .toList());
  }

  private static Loan loan(Borrow borrow, Instant start, Instant end, Names names) {
    Instant until = borrow.until() == null ? end : borrow.until();
    return new Loan(
        VisibleText.shorten(VisibleText.line(borrow.thread()), NAME),
        names.link(Names.CONNECTION, borrow.connection()),
        Moment.since(start, borrow.since()),
        until == null || until.isBefore(borrow.since())
            ? "unknown"
            : Units.duration(TimeUnit.NANOSECONDS.convert(Duration.between(borrow.since(), until))),
        borrow.until() != null);
  }

  /** Empty for what is no pool and has none of these. */
  private static List<Fact> settings(Pool pool) {
    List<Fact> facts = new ArrayList<>();
    if (Stream.of(pool.minIdle(), pool.idleTimeoutMillis(), pool.maxLifetimeMillis())
        .allMatch(Objects::isNull)) {
      return facts;
    }
    facts.add(new Fact("Minimum idle", count(pool.minIdle()).text()));
    facts.add(new Fact("Idle timeout", time(pool.idleTimeoutMillis(), "never")));
    facts.add(new Fact("Longest life", time(pool.maxLifetimeMillis(), "any")));
    facts.add(new Fact("Leak detection", time(pool.leakDetectionMillis(), "off")));
    facts.add(new Fact("Borrowers wait", time(pool.connectionTimeoutMillis(), "0 s")));
    facts.add(new Fact("Keepalive", time(pool.keepaliveMillis(), "off")));
    if (pool.initSql() != null) {
      facts.add(
          new Fact("Initial SQL", VisibleText.shorten(VisibleText.line(pool.initSql()), TEXT)));
      facts.add(new Fact("Statements in it", count(pool.initStatements()).text()));
    }
    return facts;
  }

  private static String time(Long millis, String zero) {
    if (millis == null) {
      return "unknown";
    }
    if (millis < 0) {
      return "for ever";
    }
    return millis == 0 ? zero : Units.duration(Math.min(millis, Long.MAX_VALUE / MILLI) * MILLI);
  }

  private static Measure limit(Integer size) {
    return size != null && size < 0
        ? new Measure(Long.MAX_VALUE, "no limit", "each who asks gets one")
        : count(size);
  }

  private static Measure count(Integer count) {
    return Measure.count(count == null ? null : Long.valueOf(count));
  }
}
