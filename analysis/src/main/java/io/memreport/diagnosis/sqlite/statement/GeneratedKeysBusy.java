// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.statement;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.rule.SettingRule;
import io.memreport.diagnosis.sqlite.OnePerDatabase;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenResult;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import java.util.ArrayList;
import java.util.List;

/** The driver keeps a statement busy for each INSERT. */
public final class GeneratedKeysBusy implements SettingRule {
  private static final String THEIRS = "last_insert_rowid";

  static boolean isTheirs(OpenResult result) {
    return result.sql() != null && result.sql().contains(THEIRS);
  }

  @Override
  public String id() {
    return "sqlite.generated-keys-busy";
  }

  @Override
  public String summary() {
    return "The driver keeps a statement busy for each INSERT";
  }

  @Override
  public String why() {
    return "After an INSERT sqlite-jdbc runs SELECT last_insert_rowid() and leaves it open until the statement is closed or used"
        + " again: a busy statement, which keeps VACUUM from running. It costs no memory to"
        + " speak of. Reported for each database on which such a statement was open at the end.";
  }

  @Override
  public String advice() {
    return "?jdbc.get_generated_keys=false in the URL, if nobody asks for generated keys";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        "jdbc:sqlite:shop.db", "jdbc:sqlite:shop.db?jdbc.get_generated_keys=false");
  }

  @Override
  public List<Finding> examine(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (OpenResult result : facts.service().openResults()) {
      Connection connection = facts.connection(result.connection());
      if (connection != null && result.atEnd() > 0 && isTheirs(result)) {
        findings.add(
            new Finding(
                id(),
                Severity.INFO,
                "A statement of the driver's own stays busy after an INSERT",
                "On " + Names.connection(connection) + ": " + Names.sql(result.sql()),
                advice(),
                result.connection()));
      }
    }
    findings = OnePerDatabase.of(findings);
    return findings;
  }
}
