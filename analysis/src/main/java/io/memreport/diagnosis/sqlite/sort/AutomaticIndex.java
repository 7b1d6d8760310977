// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.sort;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.UseRule;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;

/** SQLite makes an index anew for each execution of a query. */
public final class AutomaticIndex extends UseRule {
  private static final long FLOOR_ROWS = 10_000;

  @Override
  public String id() {
    return "sqlite.automatic-index";
  }

  @Override
  public String summary() {
    return "SQLite makes an index anew for each execution of a query";
  }

  @Override
  public String why() {
    return "Where a join needs an index that does not exist, SQLite makes one for the time of the execution, in memory:"
        + " https://www.sqlite.org/optoverview.html#autoindex. memreport reports queries that put 10000 rows or more into one each"
        + " time.";
  }

  @Override
  public String advice() {
    return "CREATE INDEX on the columns that EXPLAIN QUERY PLAN shows behind AUTOMATIC";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        SELECT * FROM lines l JOIN orders o ON o.number = l.order_number;  -- an index for each run""",
        """
        CREATE INDEX orders_number ON orders(number);
        ANALYZE;""");
  }

  @Override
  protected Found examine(Facts facts, QueryUse use, Connection connection, Query query) {
    Long rows = use.work().autoIndexRows();
    long executions = Math.max(1, use.executions());
    if (rows == null || rows / executions < FLOOR_ROWS) {
      return null;
    }
    return new Found(
        40 + 40 * Score.clamp(rows / executions / 1e6),
        "An index of " + rows / executions + " rows is made for each execution",
        "It ran " + use.executions() + " times",
        advice());
  }
}
