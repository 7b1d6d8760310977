// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.UseRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.QueryWork;

/** A query ran on beyond its query timeout. */
public final class QueryTimeoutIgnored extends UseRule {
  private static final double FAR = 80;
  private static final double NEAR = 50;

  @Override
  public String id() {
    return "sqlite.query-timeout-ignored";
  }

  @Override
  public String summary() {
    return "A query ran on beyond its query timeout";
  }

  @Override
  public String why() {
    return "In sqlite-jdbc Statement.setQueryTimeout sets how long to wait for a lock, no more: it never ends a query that"
        + " computes. That goes for all that is built on it: JdbcTemplate's query timeout, @Transactional(timeout),"
        + " jakarta.persistence.query.timeout. memreport reports queries that ran longer than the timeout that was set.";
  }

  @Override
  public String advice() {
    return "Call Statement.cancel() from a timer, or from the handler of the request's timeout; or let SQLite ask on the way:"
        + " org.sqlite.ProgressHandler.setHandler(connection, 10000, handler), whose handler returns 1 after the deadline";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        statement.setQueryTimeout(20); // waits for locks only
        statement.executeQuery(report);""",
        """
        timer.schedule(() -> { statement.cancel(); return null; }, 20, SECONDS);
        statement.executeQuery(report);""");
  }

  @Override
  protected Found examine(Facts facts, QueryUse use, Connection connection, Query query) {
    QueryWork work = use.work();
    if (work.overruns() == 0) {
      return null;
    }
    long timeout = work.timeoutSeconds() * 1_000_000_000L;
    return new Found(
        use.maxNanos() > 2 * timeout ? FAR : NEAR,
        "A query with a timeout of "
            + work.timeoutSeconds()
            + " s ran for "
            + Units.duration(use.maxNanos()),
        work.overruns() + " of " + use.executions() + " executions took longer than the timeout",
        advice());
  }
}
