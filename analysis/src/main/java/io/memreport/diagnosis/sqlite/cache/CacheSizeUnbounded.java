// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.OnePerDatabase;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import java.util.ArrayList;
import java.util.List;

/** A cache_size that counts pages where somebody thought of bytes or KiB. */
public final class CacheSizeUnbounded implements SettingRule {
  static final long THRESHOLD_BYTES = 64L << 20;

  private static final long TYPICAL_PAGES = 50_000;
  private static final double AT_LEAST = 60;

  /** More than the machine has. */
  private static final double NO_BOUND = 80;

  @Override
  public String id() {
    return "sqlite.cache-size-unbounded";
  }

  @Override
  public String summary() {
    return "A positive cache_size counts pages, and allows more than was meant";
  }

  @Override
  public String why() {
    return "PRAGMA cache_size=N counts pages if N is positive and KiB if it is negative:"
        + " https://www.sqlite.org/pragma.html#pragma_cache_size. 1000000000 pages of 4096 bytes are 4 TB,"
        + " which is no bound. Pages stay until the connection closes. memreport reports connections whose positive"
        + " cache_size allows more than "
        + Units.bytes(THRESHOLD_BYTES)
        + ".";
  }

  @Override
  public String advice() {
    return "Use a negative cache_size, which counts KiB: -16000 is 16 MB.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        "PRAGMA cache_size = 1000000000;  -- counts pages: 4 TB",
        "PRAGMA cache_size = -16000;      -- counts KiB: 16 MB");
  }

  @Override
  public Fix example() {
    return SettingFix.example("cache_size", "-16000");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Connection connection : facts.connections()) {
      for (PageCache cache : PageCache.of(connection)) {
        if (cache.cacheSize() > 0 && cache.boundBytes() > THRESHOLD_BYTES) {
          findings.add(finding(facts, connection, cache));
        }
      }
    }
    return OnePerDatabase.of(findings);
  }

  private Finding finding(Facts facts, Connection connection, PageCache cache) {
    // Of an attached database the size is not known.
    Long database = cache.schema().equals("main") ? connection.status().databaseBytes() : null;
    MemoryBudget budget = MemoryBudget.of(facts, connection.runId());
    double share = Score.share(cache.mostBytes(database), MemoryBudget.bytes(budget));
    boolean boundless = budget != null && cache.boundBytes() > budget.memoryBytes();
    double least = boundless ? NO_BOUND : cache.cacheSize() >= TYPICAL_PAGES ? AT_LEAST : 0;
    double score = Math.max(least, share);
    long most = cache.mostBytes(database);
    long then = new PageCache(cache.schema(), -16000, cache.pageSize()).mostBytes(database);
    Long held = database == null ? null : connection.sqlite().cacheBytes();
    return new Finding(
        id(),
        Score.severity(score),
        "cache_size="
            + cache.cacheSize()
            + " allows "
            + Units.bytes(cache.boundBytes())
            + " of pages",
        "On "
            + Names.connection(connection)
            + " ("
            + cache.schema()
            + ") it counts pages of "
            + cache.pageSize()
            + " bytes"
            + (database == null ? "" : "; its database has " + Units.bytes(database))
            + (held == null ? "" : "; its cache holds " + Units.bytes(held) + " now"),
        advice()
            + " This connection would then hold at most "
            + Units.bytes(then)
            + " instead of "
            + Units.bytes(most)
            + ".",
        connection.id(),
        held,
        cache.schema().equals("main")
            ? SettingFix.of(connection, "cache_size", "-16000", Math.max(0, most - then))
            : null);
  }
}
