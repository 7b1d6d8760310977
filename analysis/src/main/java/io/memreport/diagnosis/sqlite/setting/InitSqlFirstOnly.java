// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.setting;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.Score;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.sql.Pool;
import io.memreport.model.verdict.Finding;
import java.util.ArrayList;
import java.util.List;

/** Of the SQL for new connections only the first statement runs. */
public final class InitSqlFirstOnly implements SettingRule {
  private static final double SCORE = 70;

  @Override
  public String id() {
    return "sqlite.init-sql-first-only";
  }

  @Override
  public String summary() {
    return "Of the SQL for new connections only the first statement runs";
  }

  @Override
  public String why() {
    return "HikariCP hands connectionInitSql to Statement.execute, and sqlite-jdbc's executes the first statement of a text and"
        + " ignores the rest, without a word. The settings behind it never applied. Reported for pools with"
        + " connections to SQLite that have two statements or more there.";
  }

  @Override
  public String advice() {
    return "Put settings into the URL (jdbc:sqlite:file.db?cache_size=-16000&temp_store=FILE) or into HikariCP's"
        + " dataSourceProperties, Spring Boot spring.datasource.hikari.data-source-properties.cache_size=-16000";
  }

  @Override
  public Contrast contrast() {
    return Contrast.java(
        """
        config.setConnectionInitSql("PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000");""",
        """
        config.setConnectionInitSql("PRAGMA foreign_keys=ON");
        config.addDataSourceProperty("cache_size", "-16000");""");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Pool pool : facts.pools()) {
      boolean sqlite =
          facts.connections().stream()
              .anyMatch(c -> c.runId().equals(pool.runId()) && Settings.isSqlite(c));
      if (sqlite && pool.initStatements() != null && pool.initStatements() > 1) {
        findings.add(
            new Finding(
                id(),
                Score.severity(SCORE),
                pool.initStatements()
                    - 1
                    + " of "
                    + pool.initStatements()
                    + " statements for new connections never ran",
                "The pool " + pool.name() + " has them in one text: " + Names.sql(pool.initSql()),
                advice(),
                pool.id()));
      }
    }
    return findings;
  }
}
