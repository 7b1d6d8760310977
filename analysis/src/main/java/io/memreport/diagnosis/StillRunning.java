// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.diagnosis.words.Headline;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.RunningQuery;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.VerdictKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Queries that worked when a recording ended, and what SQLite held then. Of a call that has not
 * come back nobody knows yet what it keeps: that is no clean end.
 *
 * @param run where
 * @param queries the longest first
 * @param heldBytes what SQLite held of no connection that stood idle
 */
record StillRunning(Run run, List<RunningQuery> queries, long heldBytes) {
  private static final int SHOWN = 3;

  /**
   * The run with most of it, or null.
   *
   * @param floor less than this needs no explanation, in bytes
   */
  static StillRunning of(Facts facts, long floor) {
    return facts.runs().stream()
        .map(run -> of(facts, run))
        .filter(found -> !found.queries().isEmpty() && found.heldBytes() >= floor)
        .max(Comparator.comparingLong(StillRunning::heldBytes))
        .orElse(null);
  }

  private static StillRunning of(Facts facts, Run run) {
    List<RunningQuery> queries =
        facts.service().runningQueries().stream()
            .filter(query -> query.atEnd() && query.runId().equals(run.id()))
            .filter(query -> facts.query(query.query()) != null)
            .sorted(Comparator.comparingLong(RunningQuery::longestMillis).reversed())
            .toList();
    Set<String> busy =
        queries.stream()
            .map(RunningQuery::connection)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    long idle =
        facts.connections().stream()
            .filter(connection -> connection.runId().equals(run.id()))
            .filter(connection -> !busy.contains(connection.id()))
            .mapToLong(StillRunning::held)
            .sum();
    return new StillRunning(run, queries, Math.max(0, sqlite(run) - idle));
  }

  private static long held(Connection connection) {
    boolean open = connection.closedAt() == null && connection.sqlite() != null;
    return open && connection.sqlite().heldBytes() != null ? connection.sqlite().heldBytes() : 0;
  }

  private static long sqlite(Run run) {
    MemoryAtEnd memory = run.memoryAtEnd();
    return memory == null || memory.sqliteBytes() == null ? 0 : memory.sqliteBytes();
  }

  /** What ran until the JVM itself ended runs no more: nothing is left of it. */
  VerdictKind kind(Facts facts) {
    return isCutOff(facts) ? VerdictKind.CLEAN : VerdictKind.RUNNING;
  }

  /** Of a query that did not come back nobody knows what it would have kept. */
  Cause cause(Facts facts) {
    return isCutOff(facts) ? Cause.NONE : Cause.UNKNOWN;
  }

  private boolean isCutOff(Facts facts) {
    return facts.exhaustions().shutDown().contains(run.id());
  }

  String headline(Facts facts) {
    boolean one = queries.size() == 1;
    return Headline.of(
        "",
        one ? "One query" : Names.counted(queries.size(), "query"),
        (isCutOff(facts)
                ? (one ? "was" : "were") + " cut off when the JVM shut down"
                : "still ran at the end")
            + ", and SQLite held "
            + Units.bytes(sqlite(run)),
        0);
  }

  /** The query, if it was the only one and may run on, and most is not of others. */
  List<Culprit> culprits(Facts facts) {
    return queries.size() == 1 && !isCutOff(facts) && 2 * heldBytes >= sqlite(run)
        ? List.of(Names.culprit(facts.query(queries.get(0).query()), heldBytes))
        : List.of();
  }

  List<Evidence> evidence(Facts facts) {
    List<Evidence> evidence = new ArrayList<>();
    for (RunningQuery running : queries.subList(0, Math.min(SHOWN, queries.size()))) {
      Query query = facts.query(running.query());
      evidence.add(
          Names.recorded(
              "Had run for "
                  + Units.duration(running.longestMillis() * 1_000_000)
                  + " and not come back: "
                  + Names.sql(query)));
    }
    evidence.add(
        Names.recorded(
            Units.bytes(heldBytes)
                + " of SQLite's "
                + Units.bytes(sqlite(run))
                + " are of no connection that stood idle"));
    return evidence;
  }
}
