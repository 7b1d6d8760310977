// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** Changed pages may not leave the cache before their transaction ends. */
public final class CacheSpillOff extends ConnectionRule {
  private static final long FLOOR_BYTES = 16L << 20;
  private static final double MORE = 1.5;
  private static final double AT_LEAST = 20;

  @Override
  public String id() {
    return "sqlite.cache-spill-off";
  }

  @Override
  public String summary() {
    return "Changed pages may not leave the cache before their transaction ends";
  }

  @Override
  public String why() {
    return "With PRAGMA cache_spill=0 a large transaction holds each page that it changes, beyond any cache_size:"
        + " https://www.sqlite.org/pragma.html#pragma_cache_spill. memreport reports connections whose cache is larger than"
        + " its bound, and than 16 MiB.";
  }

  @Override
  public String advice() {
    return "PRAGMA cache_spill=1, the default, and commit after some 10,000 rows";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        PRAGMA cache_spill = OFF;  -- all of a transaction stays in memory""",
        "PRAGMA cache_spill = ON;   -- the default");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long spill = Settings.number(connection, "cache_spill");
    Long cache = connection.sqlite().cacheBytes();
    long bound = PageCache.of(connection).stream().mapToLong(PageCache::boundBytes).sum();
    if (spill == null || spill != 0 || cache == null || bound == 0) {
      return null;
    }
    if (cache < FLOOR_BYTES || cache < MORE * bound) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return finding(
        connection,
        Math.max(AT_LEAST, 4 * Score.share(cache, budget)),
        "The cache holds " + Units.bytes(cache) + " although it may have " + Units.bytes(bound),
        "On " + Names.connection(connection) + " cache_spill is 0",
        advice() + ": this connection would hold " + Units.bytes(bound) + " at most.");
  }
}
