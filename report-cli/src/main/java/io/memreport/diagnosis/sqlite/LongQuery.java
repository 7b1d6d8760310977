// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.diagnosis.Units;
import io.memreport.model.Connection;
import io.memreport.model.Facts;
import io.memreport.model.Query;
import io.memreport.model.QueryUse;

/** A query ran for half a minute or longer. */
final class LongQuery extends UseRule {
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
        + " must keep. Nothing ends it unless somebody cancels it. Named are queries of 30 s or more.";
  }

  @Override
  public String advice() {
    return "Give each query an end, by Statement.cancel() or org.sqlite.ProgressHandler; read large results in pages";
  }

  @Override
  Found examine(Facts facts, QueryUse use, Connection connection, Query query) {
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
