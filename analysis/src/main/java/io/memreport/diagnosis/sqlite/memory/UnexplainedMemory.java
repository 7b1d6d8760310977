// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.memory;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** A connection holds memory that none of its parts explains. */
public final class UnexplainedMemory extends ConnectionRule {
  private static final long FLOOR_BYTES = 16L << 20;

  @Override
  public String id() {
    return "sqlite.unexplained-memory";
  }

  @Override
  public String summary() {
    return "A connection holds memory that none of its parts explains";
  }

  @Override
  public String why() {
    return "Cache, schema and statements are known, and what a running statement sorts ends with it. What is held beyond"
        + " that while no statement is busy belongs to a function or an extension that was registered. memreport reports"
        + " connections with 16 MiB or more of it.";
  }

  @Override
  public String advice() {
    return "Look at the functions, collations and extensions that the application registers on its connections";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        Function.create(c, "distance", new Distance()); // keeps what it once computed""",
        """
        Function.create(c, "distance", new Distance());
        try {
          query(c);
        } finally {
          Function.destroy(c, "distance");
        }""");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long working = connection.sqlite().workingBytes();
    Long busy = connection.status().busyStatements();
    if (working == null || busy == null || busy > 0 || working < FLOOR_BYTES) {
      return null;
    }
    if (Settings.keepsTemporaryInMemory(connection) || connection.closedAt() != null) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return finding(
        connection,
        20 + 5 * Score.share(working, budget),
        Units.bytes(working) + " of a connection have no owner",
        "On "
            + Names.connection(connection)
            + ", beyond its caches, its schema and its statements, with no statement busy",
        advice());
  }
}
