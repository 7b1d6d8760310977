// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.SqlWords;
import io.memreport.diagnosis.sqlite.UseRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;

/** A query reads a whole table for few rows. */
public final class FullScan extends UseRule {
  private static final long FLOOR_STEPS = 10_000;
  private static final long FOR_EACH_ROW = 100;
  private static final long FLOOR_NANOS = 20_000_000;

  @Override
  public String id() {
    return "sqlite.full-scan";
  }

  @Override
  public String summary() {
    return "A query reads a whole table for few rows";
  }

  @Override
  public String why() {
    return "Without an index for its condition SQLite steps over each row, and fills the page cache with the table. The count"
        + " is SQLite's own (SQLITE_STMTSTATUS_FULLSCAN_STEP); statements that ran through executeUpdate with a text are not"
        + " in it. memreport reports queries with a WHERE that step over 10000 rows and over a hundred for each row that they return, in 20 ms"
        + " or more.";
  }

  @Override
  public String advice() {
    return "CREATE INDEX on the columns of its WHERE, then ANALYZE or PRAGMA optimize; EXPLAIN QUERY PLAN shows SCAN where none is used";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        SELECT * FROM orders WHERE customer = ?;   -- EXPLAIN QUERY PLAN: SCAN orders""",
        """
        CREATE INDEX orders_customer ON orders(customer);
        SELECT * FROM orders WHERE customer = ?;   -- SEARCH orders USING INDEX""");
  }

  @Override
  protected Found examine(Facts facts, QueryUse use, Connection connection, Query query) {
    Long steps = use.work().fullScanSteps();
    long executions = Math.max(1, use.executions());
    if (steps == null
        || !SqlWords.chooses(query.sql())
        || steps / executions < FLOOR_STEPS
        || steps < FOR_EACH_ROW * Math.max(1, query.rows())
        || use.maxNanos() < FLOOR_NANOS) {
      return null;
    }
    return new Found(
        20 + 60 * Score.clamp(Math.log10((double) steps / executions / FLOOR_STEPS) / 4),
        "A query stepped over " + steps / executions + " rows of a table each time",
        "It ran " + use.executions() + " times, up to " + Units.duration(use.maxNanos()),
        advice());
  }
}
