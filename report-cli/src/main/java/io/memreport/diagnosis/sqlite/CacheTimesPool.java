// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.diagnosis.Names;
import io.memreport.diagnosis.SettingRule;
import io.memreport.diagnosis.Units;
import io.memreport.model.Connection;
import io.memreport.model.Facts;
import io.memreport.model.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page caches of all connections together may take more than there is room for. */
final class CacheTimesPool implements SettingRule {
  private static final long FLOOR_BYTES = 64L << 20;
  private static final double QUARTER = 0.25;

  /** A connection may have its cache and a sort of the same size, and some beside. */
  private static final double WITH_SORT = 2.04;

  private static final long SORT_BYTES = 512L << 20;

  /** One connection for each database of each run. */
  private static Collection<Connection> firstOfEach(Facts facts) {
    Map<String, Connection> first = new LinkedHashMap<>();
    for (Connection connection : facts.connections()) {
      if (Settings.isSqlite(connection) && !PageCache.of(connection).isEmpty()) {
        first.putIfAbsent(connection.runId() + Settings.text(connection, "file"), connection);
      }
    }
    return first.values();
  }

  /** Open at the end to the same file, or as many as the only pool of the run may have. */
  private static long connections(Facts facts, Connection like) {
    String file = Settings.text(like, "file");
    long open =
        facts.connections().stream()
            .filter(other -> other.runId().equals(like.runId()) && other.closedAt() == null)
            .filter(other -> file != null && file.equals(Settings.text(other, "file")))
            .count();
    List<Integer> sizes =
        facts.pools().stream()
            .filter(pool -> pool.runId().equals(like.runId()) && pool.maxSize() != null)
            .map(pool -> pool.maxSize())
            .toList();
    return Math.max(Math.max(1, open), sizes.size() == 1 ? sizes.get(0) : 0);
  }

  @Override
  public String id() {
    return "sqlite.cache-times-pool";
  }

  @Override
  public String summary() {
    return "The page caches of all connections together may take more than there is room for";
  }

  @Override
  public String why() {
    return "Each connection has a page cache of its own for each database; they share no page. So cache_size times the"
        + " connections of the pool is what may be held, or the database's size times the connections if that is less."
        + " Named are databases whose connections may together hold more than a quarter of what the run has for SQLite:"
        + " nine tenths of the limit or the machine, less the Java heap and the JVM. Also what sorts may take beside is"
        + " given.";
  }

  @Override
  public String advice() {
    return "Divide what is there: memreport sqlite advise gives cache_size for your machine and pool. Fewer connections do as"
        + " well: SQLite has one writer at a time, and few readers keep a disk busy";
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Connection connection : firstOfEach(facts)) {
      long most =
          PageCache.of(connection).stream()
              .mapToLong(cache -> cache.mostBytes(connection.status().databaseBytes()))
              .sum();
      MemoryBudget budget = MemoryBudget.of(facts, connection.runId());
      long connections = connections(facts, connection);
      if (budget == null
          || connections * most < FLOOR_BYTES
          || connections * most < QUARTER * budget.forSqliteBytes()) {
        continue;
      }
      long each = (long) (QUARTER * budget.forSqliteBytes() / connections / WITH_SORT) >> 10;
      findings.add(
          new Finding(
              id(),
              Score.severity(Score.share(connections * most, budget.forSqliteBytes() / 2.0)),
              connections
                  + " caches of "
                  + Units.bytes(most)
                  + " may take "
                  + Units.bytes(connections * most),
              "All connections to "
                  + Names.connection(connection)
                  + "; there are "
                  + Units.bytes(budget.forSqliteBytes())
                  + " for SQLite of "
                  + Units.bytes(budget.memoryBytes())
                  + ". Each sort may take "
                  + Units.bytes(Math.min(SORT_BYTES, most))
                  + " besides",
              advice()
                  + ". Here: "
                  + SettingFix.parameter("cache_size", "-" + each, "setCacheSize(-" + each + ")")
                  + ". All caches would then take "
                  + Units.bytes(connections * (each << 10))
                  + " at most.",
              connection.id()));
    }
    return findings;
  }
}
