// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.oom;

import io.memreport.diagnosis.death.DeathCase;
import io.memreport.diagnosis.death.DeathRule;
import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.Rule;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.PageCache;
import io.memreport.diagnosis.sqlite.SettingFix;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Fix;
import java.util.Comparator;

/**
 * SQLite's memory, taken for one of its purposes.
 *
 * @param id of its findings
 * @param purpose what it was taken for
 * @param rule what looks for the same in runs that live
 */
public record SqliteDeath(String id, Cause cause, String purpose, Rule rule) implements DeathRule {
  @Override
  public String summary() {
    return "A JVM was killed while SQLite held most of its memory for " + purpose;
  }

  @Override
  public String why() {
    return "SQLite's memory is outside the Java heap: -Xmx does not bound it, and no heap dump shows it. "
        + rule.why();
  }

  @Override
  public String advice() {
    return rule.advice();
  }

  @Override
  public Contrast contrast() {
    return rule.contrast();
  }

  @Override
  public Finding of(DeathCase death) {
    if (!death.isKillBy(cause) || SqliteConnectionsDeath.connections(death) != null) {
      return null;
    }
    Long held = death.run().memoryAtEnd().sqliteBytes();
    Finding fitting = fitting(death);
    return death
        .finding(
            this,
            "SQLite held " + Units.bytes(held) + " for " + purpose + " " + death.whenKilled(),
            death.held() + "; " + death.cause().clause(),
            fitting == null ? advice() : fitting.advice())
        .about(held)
        .mendedBy(fitting == null ? fix(death) : fitting.fix());
  }

  @Override
  public Fix example() {
    return rule.example();
  }

  /** What the rule would set, for the connection that allows most; null if it sets nothing. */
  private Fix fix(DeathCase death) {
    Fix example = example();
    Connection connection =
        death.facts().connections().stream()
            .filter(one -> one.runId().equals(death.run().id()) && one.closedAt() == null)
            .filter(Settings::isSqlite)
            .max(Comparator.comparingLong(SqliteDeath::allowed))
            .orElse(null);
    if (example == null || connection == null) {
      return example;
    }
    Fix.Setting setting = example.settings().get(0);
    return SettingFix.of(connection, setting.name(), setting.to(), null);
  }

  /** Of a connection that was busy until the death the settings are not known. */
  private static long allowed(Connection connection) {
    Long bound = PageCache.boundOf(connection);
    return bound == null ? 0 : bound;
  }

  /** What the rule finds in this run, by its settings; null for nothing. */
  private Finding fitting(DeathCase death) {
    return rule.examine(death.facts()).stream()
        .filter(suspicion -> suspicion.cause() == cause)
        .map(Suspicion::finding)
        .findFirst()
        .orElse(null);
  }
}
