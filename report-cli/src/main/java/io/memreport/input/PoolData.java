// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.model.Borrow;
import io.memreport.model.Pool;
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
import jdk.jfr.consumer.RecordedEvent;

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

  void reading(RecordedEvent event) {
    mostActive = Sums.max(mostActive, Sums.figure(event, "active"));
    mostWaiting = Sums.max(mostWaiting, Sums.figure(event, "waiting"));
    if (event.getStartTime().isBefore(at)) {
      return;
    }
    at = event.getStartTime();
    kind = event.getString("kind");
    name = event.getString("name");
    maxSize = count(event, "maxSize");
    minIdle = count(event, "minIdle");
    idleTimeout = Sums.figure(event, "idleTimeoutMillis");
    maxLifetime = Sums.figure(event, "maxLifetimeMillis");
    leakDetection = Sums.figure(event, "leakDetectionMillis");
    connectionTimeout = Sums.figure(event, "connectionTimeoutMillis");
    keepalive = Sums.figure(event, "keepaliveMillis");
    initSql = event.getString("initSql");
    initStatements = count(event, "initStatements");
    total = count(event, "total");
    idle = count(event, "idle");
    waiting = count(event, "waiting");
  }

  private static Integer count(RecordedEvent event, String field) {
    return count(Sums.figure(event, field));
  }

  private static Integer count(Long figure) {
    // A damaged recording may say anything.
    return figure == null
        ? null
        : Integer.valueOf((int) Math.max(-1, Math.min(figure, Integer.MAX_VALUE)));
  }

  /** Those of different chunks come in any order; that of the end says all. */
  void borrowed(RecordedEvent event) {
    long id = event.getLong("borrowId");
    Long until = Sums.figure(event, "untilMillis");
    Said said =
        new Said(
            event.getLong("connectionId"),
            event.getString("thread"),
            Instant.ofEpochMilli(event.getLong("sinceMillis")),
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
