// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.Sums;
import io.memreport.model.sql.Borrow;
import io.memreport.model.sql.Pool;
import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.PoolEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/** What the events say of one pool; settings and gauges are those of the latest event. */
final class PoolData {
  /** Of the borrowings that are over, the longest. */
  private static final int MOST_ENDED = 200;

  String kind;
  String name;
  private Instant at = Instant.MIN;
  private Integer maxSize;
  private Integer minIdle;
  private Long idleTimeout;
  private Long maxLifetime;
  private Long leakDetection;
  private Long connectionTimeout;
  private Long keepalive;
  private String initSql;
  private Integer initStatements;
  private Integer total;
  private Integer idle;
  private Integer waiting;
  private Long mostActive;
  private Long mostWaiting;

  private final Map<Long, Said> out = new HashMap<>();
  private final Set<Long> ended = new HashSet<>();
  private final PriorityQueue<Said> longest =
      new PriorityQueue<>(Comparator.comparing(said -> Duration.between(said.since, said.until)));

  /** The last word on a borrowing. */
  private record Said(long connection, String thread, Instant since, Instant until) {}

  void reading(PoolEvent event, Instant read) {
    mostActive = Sums.max(mostActive, Sums.known(event.active));
    mostWaiting = Sums.max(mostWaiting, Sums.known(event.waiting));
    if (read.isBefore(at)) {
      return;
    }
    at = read;
    kind = event.kind;
    name = event.name;
    maxSize = count(Sums.known(event.maxSize));
    minIdle = count(Sums.known(event.minIdle));
    idleTimeout = Sums.known(event.idleTimeoutMillis);
    maxLifetime = Sums.known(event.maxLifetimeMillis);
    leakDetection = Sums.known(event.leakDetectionMillis);
    connectionTimeout = Sums.known(event.connectionTimeoutMillis);
    keepalive = Sums.known(event.keepaliveMillis);
    initSql = event.initSql;
    initStatements = count(Sums.known(event.initStatements));
    total = count(Sums.known(event.total));
    idle = count(Sums.known(event.idle));
    waiting = count(Sums.known(event.waiting));
  }

  private static Integer count(Long figure) {
    // A damaged recording may say anything.
    return figure == null
        ? null
        : Integer.valueOf((int) Math.max(-1, Math.min(figure, Integer.MAX_VALUE)));
  }

  /** Those of different chunks come in any order; that of the end says all. */
  void borrowed(BorrowedEvent event) {
    long id = event.borrowId;
    Long until = Sums.known(event.untilMillis);
    Said said =
        new Said(
            event.connectionId,
            event.thread,
            Instant.ofEpochMilli(event.sinceMillis),
            until == null ? null : Instant.ofEpochMilli(until));
    if (until != null && ended.add(id)) {
      out.remove(id);
      longest.add(said);
      if (longest.size() > MOST_ENDED) {
        longest.remove();
      }
    } else if (!ended.contains(id)) {
      out.merge(id, said, (one, other) -> one.connection() > other.connection() ? one : other);
    }
  }

  Pool pool(String id, String runId, Map<Long, String> connectionIds) {
    List<Borrow> borrows = new ArrayList<>();
    Stream.concat(out.values().stream(), longest.stream())
        .sorted(Comparator.comparing(Said::since))
        .forEach(
            said ->
                borrows.add(
                    new Borrow(
                        connectionIds.get(said.connection()),
                        id,
                        said.thread(),
                        said.since(),
                        said.until())));
    return new Pool(
        id,
        runId,
        kind,
        name,
        maxSize,
        minIdle,
        idleTimeout,
        maxLifetime,
        leakDetection,
        connectionTimeout,
        keepalive,
        initSql,
        initStatements,
        count(mostActive),
        count(mostWaiting),
        total,
        idle,
        waiting,
        out.size() + ended.size(),
        borrows);
  }
}
