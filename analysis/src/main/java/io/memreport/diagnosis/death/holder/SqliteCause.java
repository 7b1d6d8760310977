// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.sqlite.SqlWords;
import io.memreport.diagnosis.sqlite.cache.OpenTogether;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.LiveThread;
import io.memreport.model.Run;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenStatements;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What SQLite held its memory for when a run died.
 *
 * @param culprits the queries and connections behind it, the largest first
 * @param text the same in words
 */
public record SqliteCause(Cause cause, List<Culprit> culprits, String text) {
  /**
   * Tells it from what connections and open statements held, and what was taken since by queries
   * that never ended.
   *
   * @param heldBytes all that SQLite held
   */
  public static SqliteCause of(Facts facts, Run run, long heldBytes) {
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
      return ofRunningQuery(facts, run, running);
    }
    if (statements > settled / 2) {
      return new SqliteCause(
          Cause.SQLITE_STATEMENTS,
          List.of(),
          Units.bytes(statements) + " of it for statements that nobody closed");
    }
    OpenTogether together = OpenTogether.most(facts, run, heldBytes);
    if (together != null) {
      Culprit opener = together.opener(facts);
      return new SqliteCause(
          Cause.SQLITE_PAGE_CACHE,
          opener == null ? List.of() : List.of(opener),
          Units.bytes(together.bytes()) + " of it for " + together.words());
    }
    Connection largest = open.isEmpty() ? null : open.get(0);
    boolean memory = largest != null && Settings.isInMemory(largest);
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

  /** The first of the culprits for a headline, which has no SQL. */
  public String subject() {
    if (culprits.isEmpty()) {
      return "this JVM";
    }
    Culprit first = culprits.get(0);
    return switch (first.type()) {
      case "query" -> "one query";
      case "connection" -> "one connection";
      default -> Names.shown(first.name());
    };
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

  private static SqliteCause ofRunningQuery(Facts facts, Run run, long running) {
    String id = runningQuery(facts, run);
    Query query = id == null ? null : facts.query(id);
    String sql = query == null ? runningSql(facts, run) : query.sql();
    // What a connection holds is written once a second: a young one may not have been asked yet.
    boolean memory =
        runningThread(facts, run).map(LiveThread::inMemory).orElse(false)
            || facts.connections().stream()
                .filter(one -> run.id().equals(one.runId()) && one.closedAt() == null)
                .anyMatch(Settings::isInMemory);
    boolean sorts = sql != null && SqlWords.sorts(sql);
    Cause cause =
        sorts ? Cause.SQLITE_SORT : memory ? Cause.SQLITE_MEMORY_DB : Cause.SQLITE_PAGE_CACHE;
    List<Culprit> culprits = new ArrayList<>();
    if (query != null) {
      culprits.add(Names.culprit(query, running));
    } else if (sql != null) {
      culprits.add(new Culprit("query", sql, Names.sql(sql), running));
    }
    return new SqliteCause(
        cause,
        culprits,
        Units.bytes(running)
            + " of it taken by a query that never ended"
            + (sql == null ? "" : ": " + Names.sql(sql)));
  }

  private static Optional<LiveThread> runningThread(Facts facts, Run run) {
    return facts.liveThreads().stream()
        .filter(thread -> run.id().equals(thread.runId()) && thread.sql() != null)
        .max(
            Comparator.comparing(
                thread -> thread.runningNanos() == null ? 0 : thread.runningNanos()));
  }

  /** The query that had run longest, by the black box. */
  private static String runningQuery(Facts facts, Run run) {
    return runningThread(facts, run).map(LiveThread::queryId).orElse(null);
  }

  private static String runningSql(Facts facts, Run run) {
    return runningThread(facts, run).map(LiveThread::sql).orElse(null);
  }

  /** What it was of all that SQLite had; figures that look the same are not told twice. */
  public String text(long bytes) {
    String all = Units.bytes(bytes);
    return text.startsWith(all + " of it") ? "all" + text.substring(all.length()) : text;
  }
}
