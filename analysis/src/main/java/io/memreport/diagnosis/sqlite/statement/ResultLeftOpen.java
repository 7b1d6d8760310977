// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.UseRule;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenResult;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A result was opened, and nobody reads on or closes it. */
public final class ResultLeftOpen implements SettingRule {
  private static final long IDLE_MILLIS = 5000;
  private static final long HELD_BYTES = 1L << 20;
  private static final double AT_LEAST = 20;
  private static final double MOST = 79;

  @Override
  public String id() {
    return "sqlite.result-left-open";
  }

  @Override
  public String summary() {
    return "A result was opened, and nobody reads on or closes it";
  }

  @Override
  public String why() {
    return "SQLite calls its statement busy: it keeps what it has sorted, its snapshot of the database, and so the write-ahead"
        + " log. A result that was read to its end is done by itself; one that setMaxRows stopped is not. memreport reports results"
        + " that stood still for 5 s or more and were open when the recording ended.";
  }

  @Override
  public String advice() {
    return "Read results in a try-with-resources block; write LIMIT into the SQL instead of setMaxRows; HikariCP's"
        + " leakDetectionThreshold=30000 tells of connections that do not come back";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        statement.setMaxRows(10);
        ResultSet rows = statement.executeQuery("select * from orders");
        return read(rows);""",
        """
        try (ResultSet rows = statement.executeQuery("select * from orders limit 10")) {
          return read(rows);
        }""");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    Set<String> told = ResultKeepsMemory.connections(facts);
    for (OpenResult result : facts.service().openResults()) {
      Connection connection = facts.connection(result.connection());
      if (connection == null
          || result.atEnd() == 0
          || result.longestIdleMillis() < IDLE_MILLIS
          || told.contains(connection.id())
          || GeneratedKeysBusy.isTheirs(result)) {
        continue;
      }
      Long working = connection.sqlite().workingBytes();
      Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
      double age = 100 * Score.clamp(result.longestIdleMillis() / 300_000.0);
      double size = working == null ? 0 : 10 * Score.share(working, budget);
      Query query = facts.query(result.query());
      findings.add(
          new Finding(
              id(),
              Score.severity(Math.max(AT_LEAST, Math.min(MOST, Math.max(age, size)))),
              "A result stands open, unread for "
                  + Units.duration(result.longestIdleMillis() * 1_000_000),
              "On "
                  + Names.connection(connection)
                  + (result.atEnd() == 1 ? "" : ", " + result.atEnd() + " of them")
                  + (working == null || working < HELD_BYTES
                      ? ""
                      : "; the connection holds "
                          + Units.bytes(working)
                          + " for its running statements")
                  + ": "
                  + Names.sql(result.sql() == null ? "(text unknown)" : result.sql())
                  + (query == null ? "" : UseRule.site(query)),
              advice(),
              result.query()));
    }
    return findings;
  }
}
