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
import io.memreport.model.sql.Query;
import io.memreport.model.sql.RunningQuery;
import io.memreport.model.verdict.Finding;
import java.util.ArrayList;
import java.util.List;

/** A query goes on although nobody waits for it. */
public final class AbandonedQuery implements SettingRule {
  @Override
  public String id() {
    return "sqlite.abandoned-query";
  }

  @Override
  public String summary() {
    return "A query goes on although nobody waits for it";
  }

  @Override
  public String why() {
    return "Future.cancel(true) and the timeouts of servers interrupt the thread. SQLite does not look at that: the query runs"
        + " to its end, with its connection and its memory. memreport reports calls whose thread was interrupted while they ran.";
  }

  @Override
  public String advice() {
    return "Keep the Statement, and call its cancel() where the request is given up: sqlite3_interrupt ends the query within"
        + " some milliseconds and frees what it sorted";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        CompletableFuture.supplyAsync(() -> report(c)).orTimeout(20, SECONDS).join(); // it goes on""",
        """
        CompletableFuture.supplyAsync(() -> report(c))
            .orTimeout(20, SECONDS)
            .whenComplete((rows, e) -> { if (e != null) cancel(statement); })
            .join();""");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (RunningQuery running : facts.service().runningQueries()) {
      Connection connection = facts.connection(running.connection());
      Query query = facts.query(running.query());
      if (!running.interrupted() || connection == null || query == null) {
        continue;
      }
      Long held = connection.sqlite().heldBytes();
      Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
      findings.add(
          new Finding(
              id(),
              Score.severity(60 + (held == null ? 0 : Score.share(held, budget))),
              "A query ran on for "
                  + Units.duration(running.longestMillis() * 1_000_000)
                  + " after it was given up",
              "Its thread "
                  + running.thread()
                  + " was interrupted"
                  + (running.atEnd() ? ", and it still ran when the recording ended" : "")
                  + ": "
                  + Names.sql(query)
                  + UseRule.site(query),
              advice(),
              query.id()));
    }
    return findings;
  }
}
