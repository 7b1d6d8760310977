// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** Open statements keep the values that were bound to them. */
public final class BoundValuesKept extends ConnectionRule {
  private static final long FLOOR_BYTES = 4L << 20;
  private static final long EACH_BYTES = 256L << 10;
  private static final double AT_LEAST = 20;

  @Override
  public String id() {
    return "sqlite.bound-values-kept";
  }

  @Override
  public String summary() {
    return "Open statements keep the values that were bound to them";
  }

  @Override
  public String why() {
    return "A bound string or blob is copied and kept until it is bound anew, cleared, or its statement closed. memreport reports"
        + " connections whose statements hold 4 MiB or more, and 256 KiB each on average.";
  }

  @Override
  public String advice() {
    return "PreparedStatement.clearParameters() after use, or close the statement; keep statements with large parameters"
        + " out of a statement cache";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        insert.setBytes(1, scan); // 50 MB, kept until the next value or the end of the statement
        insert.executeUpdate();""",
        """
        insert.setBytes(1, scan);
        insert.executeUpdate();
        insert.clearParameters();""");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long bytes = connection.sqlite().statementBytes();
    Long statements = connection.status().statements();
    if (connection.closedAt() != null
        || bytes == null
        || statements == null
        || statements == 0
        || bytes < FLOOR_BYTES
        || bytes / statements < EACH_BYTES) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return finding(
        connection,
        Math.max(AT_LEAST, 10 * Score.share(bytes, budget)),
        statements + " statements hold " + Units.bytes(bytes),
        "A compiled statement takes some 5 KB: the rest are values bound on "
            + Names.connection(connection),
        advice());
  }
}
