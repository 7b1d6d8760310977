// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.sort;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
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
import io.memreport.model.verdict.Fix;

/** A temporary table in memory keeps its pages after it was dropped. */
public final class TempTableKept extends ConnectionRule {
  private static final long FLOOR_BYTES = 16L << 20;
  private static final double AT_LEAST = 30;

  @Override
  public String id() {
    return "sqlite.temp-table-kept";
  }

  @Override
  public String summary() {
    return "A temporary table in memory keeps its pages after it was dropped";
  }

  @Override
  public String why() {
    return "With temp_store=memory the temporary database lives in memory, and its pages only become free inside it when"
        + " a table is dropped: neither cache_size nor PRAGMA shrink_memory gives them back. memreport reports connections"
        + " with that setting whose caches hold 16 MiB more than the database's own cache may.";
  }

  @Override
  public String advice() {
    return "Set temp_store=FILE for good. Now: PRAGMA temp_store=FILE drops the temporary database at once, and so does"
        + " closing the connection.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        PRAGMA temp_store = MEMORY;
        CREATE TEMP TABLE ranked AS SELECT * FROM sales;
        DROP TABLE ranked;            -- its pages stay""",
        """
        PRAGMA temp_store = FILE;
        CREATE TEMP TABLE ranked AS SELECT * FROM sales;
        DROP TABLE ranked;""");
  }

  @Override
  public Fix example() {
    return SettingFix.example("temp_store", "FILE");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long cache = connection.sqlite().cacheBytes();
    if (cache == null || !Settings.keepsTemporaryInMemory(connection)) {
      return null;
    }
    long main =
        PageCache.of(connection).stream()
            .filter(bound -> !bound.schema().equals("temp"))
            .mapToLong(bound -> bound.mostOf(connection))
            .sum();
    long more = cache - main;
    if (main == 0 || more < FLOOR_BYTES) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return finding(
            connection,
            Math.max(AT_LEAST, 4 * Score.share(more, budget)),
            "Temporary tables keep " + Units.bytes(more) + " in memory",
            "On "
                + Names.connection(connection)
                + " the caches hold "
                + Units.bytes(cache)
                + ", of which the database itself can have "
                + Units.bytes(main),
            advice())
        .about(more)
        .mendedBy(SettingFix.of(connection, "temp_store", "FILE", more));
  }
}
