// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The page caches of all connections together may take more than there is room for. */
public final class CacheTimesPool implements SettingRule {
  private static final long FLOOR_BYTES = 64L << 20;
  private static final double QUARTER = 0.25;

  /** A connection may have its cache and a sort of the same size, and some beside. */
  private static final double WITH_SORT = 2.04;

  private static final long SORT_BYTES = 512L << 20;

  /** The connections to each database file of each run. A database in memory has no bound. */
  private static Collection<List<Connection>> byFile(Facts facts) {
    Map<String, List<Connection>> files = new LinkedHashMap<>();
    for (Connection connection : facts.connections()) {
      String file = Settings.text(connection, "file");
      if (Settings.isSqlite(connection)
          && file != null
          && !file.isEmpty()
          && !PageCache.of(connection).isEmpty()) {
        files
            .computeIfAbsent(connection.runId() + file, missing -> new ArrayList<>())
            .add(connection);
      }
    }
    return files.values();
  }

  /** How many were open at once at most, or how many the only pool of the run may have. */
  private static long connections(Facts facts, List<Connection> same) {
    List<Integer> sizes =
        facts.pools().stream()
            .filter(pool -> pool.runId().equals(same.get(0).runId()) && pool.maxSize() != null)
            .map(pool -> pool.maxSize())
            .toList();
    return Math.max(mostAtOnce(same), sizes.size() == 1 ? sizes.get(0) : 0);
  }

  private static long mostAtOnce(List<Connection> same) {
    NavigableMap<Instant, Integer> changes = new TreeMap<>();
    for (Connection connection : same) {
      Instant opened = connection.openedAt();
      changes.merge(opened == null ? Instant.MIN : opened, 1, Integer::sum);
      if (connection.closedAt() != null) {
        changes.merge(connection.closedAt(), -1, Integer::sum);
      }
    }
    long open = 0;
    long most = 1;
    for (int change : changes.values()) {
      open += change;
      most = Math.max(most, open);
    }
    return most;
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
        + " memreport reports databases whose connections may together hold more than a quarter of what the run has for SQLite:"
        + " nine tenths of the limit or the machine, less the Java heap and the JVM. Also what sorts may take beside is"
        + " given.";
  }

  @Override
  public String advice() {
    return "Divide what is there: memreport sqlite advise gives cache_size for your machine and pool. Fewer connections do as"
        + " well: SQLite has one writer at a time, and few readers keep a disk busy.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        config.setMaximumPoolSize(50);
        config.addDataSourceProperty("cache_size", "-512000"); // 50 times 512 MB""",
        """
        config.setMaximumPoolSize(4);
        config.addDataSourceProperty("cache_size", "-64000");  // 256 MB in all""");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (List<Connection> same : byFile(facts)) {
      Connection connection = Collections.max(same, Comparator.comparingLong(PageCache::mostBytes));
      long most = PageCache.mostBytes(connection);
      MemoryBudget budget = MemoryBudget.of(facts, connection.runId());
      long connections = connections(facts, same);
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
              (connections == 1 ? "A page cache" : connections + " caches of " + Units.bytes(most))
                  + " may take "
                  + Units.bytes(connections * most),
              (connections == 1 ? "One connection to " : "All connections to ")
                  + Names.connection(connection)
                  + "; there are "
                  + Units.bytes(budget.forSqliteBytes())
                  + " for SQLite of "
                  + Units.bytes(budget.memoryBytes())
                  + ". Each sort may take "
                  + Units.bytes(Math.min(SORT_BYTES, most))
                  + " besides",
              "Set cache_size=-"
                  + each
                  + (connections == 1
                      ? ": the cache would then take "
                      : ": all caches would then take ")
                  + Units.bytes(connections * (each << 10))
                  + " at most. "
                  + advice(),
              connection.id(),
              null,
              SettingFix.of(
                  connection,
                  "cache_size",
                  "-" + each,
                  Math.max(0, connections * (most - (each << 10))))));
    }
    return findings;
  }
}
