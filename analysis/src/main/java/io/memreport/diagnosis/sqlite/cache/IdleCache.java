// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.Run;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Connections that nobody uses hold page caches. */
public final class IdleCache implements SettingRule {
  private static final long IDLE_MILLIS = 30_000;
  private static final long FLOOR_BYTES = 64L << 20;
  private static final double AT_LEAST = 20;

  /** As large as a bound that somebody chose it is no fault. */
  private static boolean isLarge(Connection connection) {
    Long cache = connection.sqlite().cacheBytes();
    long bound = PageCache.of(connection).stream().mapToLong(PageCache::boundBytes).sum();
    return cache != null && bound > FLOOR_BYTES;
  }

  @Override
  public String id() {
    return "sqlite.idle-cache";
  }

  @Override
  public String summary() {
    return "Connections that nobody uses hold page caches";
  }

  @Override
  public String why() {
    return "A page cache never ages: a connection that a pool keeps open for hours keeps what its last query read. memreport reports"
        + " runs whose connections idled for 30 s or more and hold 64 MiB or more, beyond what a cache of 64 MiB would.";
  }

  @Override
  public String advice() {
    return "Let the pool close what idles: HikariCP minimumIdle below maximumPoolSize, with idleTimeout=60000 and"
        + " maxLifetime=600000 (idleTimeout alone does nothing in a pool of fixed size); Spring Boot"
        + " spring.datasource.hikari.minimum-idle, .idle-timeout, .max-lifetime. Or bound the cache; or run PRAGMA"
        + " shrink_memory before a connection goes back";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        config.setMaximumPoolSize(50);   // and 50 idle ones, each with a full cache""",
        """
        config.setMaximumPoolSize(50);
        config.setMinimumIdle(2);
        config.setIdleTimeout(60_000);""");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Run run : facts.runs()) {
      List<Connection> idle =
          facts.connections().stream()
              .filter(
                  c -> c.runId().equals(run.id()) && c.closedAt() == null && Settings.isSqlite(c))
              .filter(IdleCache::isLarge)
              .filter(
                  c -> c.status().idleMillis() != null && c.status().idleMillis() >= IDLE_MILLIS)
              .sorted(
                  Comparator.comparingLong((Connection c) -> c.sqlite().cacheBytes()).reversed())
              .toList();
      long held = idle.stream().mapToLong(c -> c.sqlite().cacheBytes()).sum();
      if (held < FLOOR_BYTES) {
        continue;
      }
      Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, run.id()));
      long longest = idle.stream().mapToLong(c -> c.status().idleMillis()).max().orElse(0);
      findings.add(
          new Finding(
              id(),
              Score.severity(Math.max(AT_LEAST, 2 * Score.share(held, budget))),
              Units.bytes(held) + " lie in caches of connections that nobody uses",
              idle.size()
                  + (idle.size() == 1 ? " connection" : " connections")
                  + " to "
                  + Names.connection(idle.get(0))
                  + ", idle for up to "
                  + Units.duration(longest * 1_000_000),
              advice() + ". That gives back " + Units.bytes(held) + ".",
              idle.get(0).id()));
    }
    return findings;
  }
}
