// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.cache;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** Each attached database has a page cache of its own. */
public final class AttachedCaches extends ConnectionRule {
  private static final long FLOOR_BYTES = 64L << 20;
  private static final double AT_LEAST = 20;

  @Override
  public String id() {
    return "sqlite.attached-caches";
  }

  @Override
  public String summary() {
    return "Each attached database has a page cache of its own";
  }

  @Override
  public String why() {
    return "cache_size holds for one database: ATTACH gives the next one its own cache of the default size, or of what"
        + " PRAGMA name.cache_size says. memreport reports connections whose attached databases may take 64 MiB or more.";
  }

  @Override
  public String advice() {
    return "Bound it for each attached database: PRAGMA aux.cache_size=-2000, after ATTACH";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        ATTACH 'y2024.db' AS y2024;
        PRAGMA y2024.cache_size = -512000;  -- beside that of main""",
        """
        ATTACH 'y2024.db' AS y2024;
        PRAGMA y2024.cache_size = -8000;""");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    long attached =
        PageCache.of(connection).stream()
            .filter(cache -> !cache.schema().equals("main") && !cache.schema().equals("temp"))
            .mapToLong(PageCache::boundBytes)
            .sum();
    if (attached < FLOOR_BYTES) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return finding(
        connection,
        AT_LEAST + Score.share(attached, budget),
        "Caches of attached databases may take " + Units.bytes(attached),
        "On " + Names.connection(connection) + ", beside the cache of the database itself",
        advice());
  }
}
