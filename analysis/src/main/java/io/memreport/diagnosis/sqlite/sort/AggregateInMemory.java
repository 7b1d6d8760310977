// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.sort;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.MemoryBudget;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.UseRule;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import java.util.regex.Pattern;

/** A query put all its rows into one value. */
public final class AggregateInMemory extends UseRule {
  private static final Pattern AGGREGATE =
      Pattern.compile("(?i)\\b(group_concat|string_agg|jsonb?_group_(array|object))\\b");

  private static final long FLOOR_BYTES = 32L << 20;
  private static final double AT_LEAST = 20;

  @Override
  public String id() {
    return "sqlite.aggregate-in-memory";
  }

  @Override
  public String summary() {
    return "A query put all its rows into one value";
  }

  @Override
  public String why() {
    return "group_concat, json_group_array and their kin build their result in memory by doubling: 106 MB for a text of 40 MB."
        + " memreport reports queries with one of them that held 32 MiB or more.";
  }

  @Override
  public String advice() {
    return "Read the rows and put them together outside, as a stream";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        """
        SELECT customer, group_concat(note) FROM visits GROUP BY customer;  -- sorts all notes""",
        """
        CREATE INDEX visits_customer ON visits(customer);
        SELECT customer, count(*) FROM visits GROUP BY customer;""");
  }

  @Override
  protected Found examine(Facts facts, QueryUse use, Connection connection, Query query) {
    if (use.peakBytes() == null
        || use.peakBytes() < FLOOR_BYTES
        || !AGGREGATE.matcher(query.sql()).find()) {
      return null;
    }
    Double budget = MemoryBudget.bytes(MemoryBudget.of(facts, connection.runId()));
    return new Found(
        Math.max(AT_LEAST, 10 * Score.share(use.peakBytes(), budget)),
        "One value was built with " + Units.bytes(use.peakBytes()) + " of memory",
        "At the peak of one execution",
        advice());
  }
}
