// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.Facts;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;

/** A query was cancelled and its memory freed, and the process is as large as before. */
public final class CancelledQueryKept implements SettingRule {
  static final long THRESHOLD_BYTES = 32L << 20;

  private static final double HALF = 0.5;

  @Override
  public String id() {
    return "sqlite.cancelled-query-kept";
  }

  @Override
  public String summary() {
    return "A cancelled query gave its memory back, and the process did not shrink";
  }

  @Override
  public String why() {
    return "Statement.cancel() ends a query by sqlite3_interrupt: sorts and cursors are freed at once. What"
        + " was in malloc's arenas stays with the process, so that the cancel seems not to have worked."
        + " memreport reports cancelled queries that held "
        + Units.bytes(THRESHOLD_BYTES)
        + " or more, of which malloc keeps half at least.";
  }

  @Override
  public String advice() {
    return "It is not a leak. Trim after a cancel: jcmd PID System.trim_native_heap, or always:"
        + " -XX:TrimNativeHeapInterval=5000. Keep the query small: temp_store=FILE, an index, LIMIT.";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        java -jar app.jar                                 # as large as before the cancel""",
        "java -XX:TrimNativeHeapInterval=5000 -jar app.jar");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (QueryUse use : facts.uses()) {
      Connection connection = facts.connection(use.connection());
      if (use.cancelled() == 0
          || use.peakBytes() == null
          || use.netBytes() == null
          || connection == null) {
        continue;
      }
      long freed = use.peakBytes() - Math.max(0, use.netBytes());
      ProcessMemory memory = facts.service().lastMemory(connection.runId());
      Long kept = memory == null ? null : memory.keptByMallocBytes();
      if (freed >= THRESHOLD_BYTES && kept != null && kept >= HALF * freed) {
        findings.add(
            new Finding(
                id(),
                Severity.WARNING,
                "A cancelled query freed "
                    + Units.bytes(freed)
                    + " that malloc did not return to the system",
                "It held up to "
                    + Units.bytes(use.peakBytes())
                    + "; malloc keeps "
                    + Units.bytes(kept)
                    + " in all: "
                    + Names.sql(facts.query(use.query())),
                advice(),
                use.query()));
      }
    }
    return findings;
  }
}
