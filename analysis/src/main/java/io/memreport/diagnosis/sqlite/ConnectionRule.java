// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.List;
import java.util.Objects;

/** A rule that looks at one SQLite connection after the other. */
public abstract class ConnectionRule implements SettingRule {
  @Override
  public final List<Finding> examine(Facts facts) {
    return OnePerDatabase.of(
        facts.connections().stream()
            .filter(Settings::isSqlite)
            .map(connection -> examine(facts, connection))
            .filter(Objects::nonNull)
            .toList());
  }

  /** The same for all of these rules, so that the report says it once. */
  @Override
  public List<String> undecided(Facts facts) {
    List<Connection> connections = facts.connections().stream().filter(Settings::isSqlite).toList();
    return connections.isEmpty()
            || connections.stream().anyMatch(c -> Settings.text(c, "library_version") != null)
        ? List.of()
        : List.of(
            "SQLite was not asked for its settings, so that they are not judged: that takes"
                + " native=sqlite, on Linux");
  }

  /** What is wrong with it, or null. */
  protected abstract Finding examine(Facts facts, Connection connection);

  protected final Finding finding(
      Connection connection, double score, String title, String evidence, String advice) {
    Severity severity = Score.severity(score);
    return new Finding(id(), severity, title, evidence, advice, connection.id());
  }
}
