// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.sort;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.sqlite.SqlWords;
import io.memreport.diagnosis.sqlite.UseRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.verdict.Fix;

/** Each sort may take as much memory as the page cache. */
public final class SorterFollowsCache extends UseRule {
  private static final long FLOOR_BYTES = 17L << 20;
  private static final double AT_LEAST = 10;

  /** What cache_size=-16000 gives a sort. */
  private static final long SIXTEEN_MB = 16_000L << 10;

  @Override
  public String id() {
    return "sqlite.sorter-follows-cache";
  }

  @Override
  public String summary() {
    return "Each sort may take as much memory as the page cache";
  }

  @Override
  public String why() {
    return "cache_size also sizes the buffer of a sort: up to 512 MiB for each statement that sorts, beside the cache itself"
        + " and once more for each helper thread. memreport reports queries that sorted and held 16 MiB or more on a connection"
        + " with a cache_size above that.";
  }

  @Override
  public String advice() {
    return "Lower cache_size to -16000 (16 MB), or add an index in the order of the sort.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        PRAGMA cache_size = -1000000;           -- so each sort may take 512 MiB, too
        SELECT * FROM sales ORDER BY cents;""",
        """
        PRAGMA cache_size = -16000;
        SELECT * FROM sales ORDER BY cents;""");
  }

  @Override
  public Fix example() {
    return SettingFix.example("cache_size", "-16000");
  }

  @Override
  protected Found examine(Facts facts, QueryUse use, Connection connection, Query query) {
    Long sorts = use.work().sorts();
    PageCache main = PageCache.main(connection);
    if (sorts == null
        || sorts == 0
        || !SqlWords.sorts(query.sql())
        || main == null
        || main.boundBytes() <= FLOOR_BYTES) {
      return null;
    }
    if (use.peakBytes() == null
        || use.peakBytes() < FLOOR_BYTES
        || Settings.keepsTemporaryInMemory(connection)) {
      return null;
    }
    Long threads = Settings.number(connection, "threads");
    long buffer = main.sorterBytes() * (1 + (threads == null ? 0 : threads));
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return new Found(
        Math.max(AT_LEAST, 2 * Score.share(buffer, budget)),
        "Sorts can grow to " + Units.bytes(buffer) + ", because cache_size also limits the sorter",
        "It held up to "
            + Units.bytes(use.peakBytes())
            + " in one execution; cache_size is "
            + main.cacheSize(),
        advice() + " A sort would then take 16 MB at most, and use a file beyond.",
        use.peakBytes(),
        SettingFix.of(connection, "cache_size", "-16000", Math.max(0, buffer - SIXTEEN_MB)));
  }
}
