// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import io.memreport.model.Cause;
import io.memreport.model.Connection;
import io.memreport.model.Culprit;
import io.memreport.model.Facts;
import io.memreport.model.OpenStatements;
import io.memreport.model.Query;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What SQLite held its memory for when a run died.
 *
 * @param culprits the queries and connections behind it, the largest first
 * @param text the same in words
 */
record SqliteCause(Cause cause, List<Culprit> culprits, String text) {
  /**
   * Tells it from what connections and open statements held, and what was taken since by queries
   * that never ended.
   *
   * @param heldBytes all that SQLite held
   */
  static SqliteCause of(Facts facts, Run run, long heldBytes) {
    List<Connection> open =
        facts.connections().stream()
            .filter(one -> run.id().equals(one.runId()) && one.closedAt() == null)
            .filter(one -> one.sqlite().heldBytes() != null)
            .sorted(Comparator.comparing((Connection one) -> one.sqlite().heldBytes()).reversed())
            .toList();
    long settled = open.stream().mapToLong(one -> Math.max(0, one.sqlite().heldBytes())).sum();
    long statements = statements(facts, run);
    long running = Math.max(0, heldBytes - settled);
    if (running > settled) {
      return ofRunningQuery(facts, run, open, running);
    }
    if (statements > settled / 2) {
      return new SqliteCause(
          Cause.SQLITE_STATEMENTS,
          List.of(),
          Units.bytes(statements) + " of it for statements that nobody closed");
    }
    Connection largest = open.isEmpty() ? null : open.get(0);
    boolean memory = largest != null && MemoryDatabase.isMemory(largest.url());
    return new SqliteCause(
        memory ? Cause.SQLITE_MEMORY_DB : Cause.SQLITE_PAGE_CACHE,
        largest == null ? List.of() : List.of(Names.culprit(largest, largest.sqlite().heldBytes())),
        largest == null
            ? "for a connection that is not known"
            : Units.bytes(largest.sqlite().heldBytes())
                + " of it for the connection to "
                + Names.connection(largest)
                + (memory ? ", which is a database in memory" : ", as its page cache"));
  }

  private static long statements(Facts facts, Run run) {
    return facts.openStatements().stream()
        .filter(
            said -> {
              Connection connection = facts.connection(said.connection());
              return connection != null && run.id().equals(connection.runId());
            })
        .map(OpenStatements::heldBytes)
        .filter(bytes -> bytes != null && bytes > 0)
        .mapToLong(bytes -> bytes)
        .sum();
  }

  private static SqliteCause ofRunningQuery(
      Facts facts, Run run, List<Connection> open, long running) {
    List<Query> candidates = unfinished(facts, run);
    Query query = candidates.isEmpty() ? null : candidates.get(0);
    boolean memory = open.stream().anyMatch(one -> MemoryDatabase.isMemory(one.url()));
    boolean sorts = query != null && SortInMemory.sorts(query.sql());
    Cause cause =
        sorts ? Cause.SQLITE_SORT : memory ? Cause.SQLITE_MEMORY_DB : Cause.SQLITE_PAGE_CACHE;
    List<Culprit> culprits = new ArrayList<>();
    if (query != null) {
      culprits.add(Names.culprit(query, running));
    }
    return new SqliteCause(
        cause,
        culprits,
        Units.bytes(running)
            + " of it taken by a query that never ended"
            + (query == null ? "" : ": " + Names.sql(query)));
  }

  /** Queries of the tests that were running, the last one first. */
  private static List<Query> unfinished(Facts facts, Run run) {
    List<Query> queries = new ArrayList<>();
    for (TestResult test : Deaths.runningAtEnd(facts, run)) {
      for (String id : test.queries()) {
        Query query = facts.query(id);
        if (query != null) {
          queries.add(0, query);
        }
      }
    }
    queries.sort(Comparator.comparing(query -> SortInMemory.sorts(query.sql()) ? 0 : 1));
    return queries;
  }
}
