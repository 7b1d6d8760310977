// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.setting;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** The driver has leaks that newer ones have not. */
public final class OldDriver extends ConnectionRule {
  private static final double SCORE = 50;
  private static final int[] SOUND = {3, 39, 3};

  /** The first version without these leaks. */
  public static final String FIRST_SOUND = "3.39.3";

  /** Whether a run used such a driver. */
  public static boolean isUsed(Facts facts, String runId) {
    return facts.connections().stream()
        .filter(connection -> runId.equals(connection.runId()))
        .map(connection -> Settings.text(connection, "library_version"))
        .anyMatch(version -> version != null && isBefore(version));
  }

  private static boolean isBefore(String version) {
    String[] numbers = version.split("\\.");
    for (int i = 0; i < SOUND.length; i++) {
      Long number = i < numbers.length ? Settings.number(numbers[i]) : Long.valueOf(0);
      if (number == null || number != SOUND[i]) {
        return number != null && number < SOUND[i];
      }
    }
    return false;
  }

  @Override
  public String id() {
    return "sqlite.old-driver";
  }

  @Override
  public String summary() {
    return "The driver has leaks that newer ones have not";
  }

  @Override
  public String why() {
    return "sqlite-jdbc before 3.34 closed statements in finalizers, and before 3.39.3 kept handlers and functions that"
        + " were registered after their connection was closed. Reported for libraries of SQLite before 3.39.3.";
  }

  @Override
  public String advice() {
    return "Update org.xerial:sqlite-jdbc";
  }

  @Override
  public Contrast contrast() {
    return Contrast.xml(
        """
        <artifactId>sqlite-jdbc</artifactId>
        <version>3.32.3</version>""",
        """
        <artifactId>sqlite-jdbc</artifactId>
        <version>3.54.1.0</version>""");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    String version = Settings.text(connection, "library_version");
    if (version == null || !isBefore(version)) {
      return null;
    }
    return finding(
        connection,
        SCORE,
        "SQLite " + version + " is that of an old driver",
        "It is the library under " + Names.connection(connection),
        advice());
  }
}
