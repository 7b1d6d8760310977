// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.memory;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** Sorts use helper threads, each with a buffer of its own. */
public final class WorkerThreads extends ConnectionRule {
  private static final double AT_LEAST = 20;

  @Override
  public String id() {
    return "sqlite.worker-threads";
  }

  @Override
  public String summary() {
    return "Sorts use helper threads, each with a buffer of its own";
  }

  @Override
  public String why() {
    return "PRAGMA threads=N lets a sort start N threads; each has a buffer as large as the sorter's own, and their memory"
        + " lies on threads that are not Java's. memreport reports connections with that setting on which a query sorted.";
  }

  @Override
  public String advice() {
    return "PRAGMA threads=0, the default; in the URL limit_worker_threads=0";
  }

  @Override
  public Contrast contrast() {
    return Contrast.sql(
        "PRAGMA threads = 8;   -- nine buffers for each sort",
        "PRAGMA threads = 0;   -- the default");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    Long threads = Settings.number(connection, "threads");
    boolean sorted =
        facts.uses().stream()
            .anyMatch(
                use ->
                    connection.id().equals(use.connection())
                        && use.work().sorts() != null
                        && use.work().sorts() > 0);
    if (threads == null || threads == 0 || !sorted) {
      return null;
    }
    return finding(
        connection,
        AT_LEAST,
        "Each sort may use " + threads + " helper threads and " + (threads + 1) + " buffers",
        "On " + Names.connection(connection) + " threads is " + threads,
        advice());
  }
}
