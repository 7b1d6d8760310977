// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.sort;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.sqlite.SqlWords;
import io.memreport.diagnosis.sqlite.UseRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;

/** A query sorts what an index could give in order. */
public final class TemporarySort extends UseRule {
  private static final long FLOOR_BYTES = 16L << 20;

  @Override
  public String id() {
    return "sqlite.temporary-sort";
  }

  @Override
  public String summary() {
    return "A query sorts what an index could give in order";
  }

  @Override
  public String why() {
    return "A sort holds its rows until it is done (SQLITE_STMTSTATUS_SORT). With LIMIT it holds only as many rows as are"
        + " wanted. memreport reports queries that sorted and held 16 MiB or more, although sorts may go to a file.";
  }

  @Override
  public String advice() {
    return "CREATE INDEX in the order of its ORDER BY or GROUP BY; LIMIT the result";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        SELECT * FROM sales ORDER BY cents;     -- no index has that order""",
        """
        CREATE INDEX sales_cents ON sales(cents);
        SELECT * FROM sales ORDER BY cents;""");
  }

  @Override
  protected Found examine(Facts facts, QueryUse use, Connection connection, Query query) {
    Long sorts = use.work().sorts();
    if (sorts == null
        || sorts == 0
        || !SqlWords.sorts(query.sql())
        || use.peakBytes() == null
        || use.netBytes() == null
        || Settings.keepsTemporaryInMemory(connection)) {
      return null;
    }
    // What it left behind are pages of the cache.
    long sorted = use.peakBytes() - Math.max(0, use.netBytes());
    if (sorted < FLOOR_BYTES) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return new Found(
        20 + 12 * Score.share(sorted, budget),
        "A sort held " + Units.bytes(sorted),
        "It sorted " + sorts + " times in " + use.executions() + " executions",
        advice());
  }
}
