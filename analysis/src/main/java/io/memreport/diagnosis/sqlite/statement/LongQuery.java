// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.UseRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;

/** A query ran for half a minute or longer. */
public final class LongQuery extends UseRule {
  private static final long FLOOR_NANOS = 30_000_000_000L;

  @Override
  public String id() {
    return "sqlite.long-query";
  }

  @Override
  public String summary() {
    return "A query ran for half a minute or longer";
  }

  @Override
  public String why() {
    return "As long as it runs it has its connection, its memory and its snapshot of the database, which the write-ahead log"
        + " must keep. Nothing ends it unless somebody cancels it. memreport reports queries of 30 s or more.";
  }

  @Override
  public String advice() {
    return "Give each query an end, by Statement.cancel() or org.sqlite.ProgressHandler; read large results in pages";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        "statement.executeQuery(report); // however long it takes",
        """
        timer.schedule(() -> { statement.cancel(); return null; }, 20, SECONDS);
        statement.executeQuery(report);""");
  }

  @Override
  protected Found examine(Facts facts, QueryUse use, Connection connection, Query query) {
    if (use.maxNanos() < FLOOR_NANOS) {
      return null;
    }
    return new Found(
        40 + 40 * Score.clamp(use.maxNanos() / 300e9),
        "A query ran for " + Units.duration(use.maxNanos()),
        "Its longest execution of " + use.executions(),
        advice());
  }
}
