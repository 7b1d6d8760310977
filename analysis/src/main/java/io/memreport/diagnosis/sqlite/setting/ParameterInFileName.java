// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.setting;

import io.memreport.diagnosis.rule.Contrast;
import io.memreport.diagnosis.sqlite.ConnectionRule;
import io.memreport.diagnosis.sqlite.Settings;
import io.memreport.diagnosis.words.Names;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Finding;

/** A parameter of the URL became part of the name of the database file. */
public final class ParameterInFileName extends ConnectionRule {
  private static final double SCORE = 95;

  @Override
  public String id() {
    return "sqlite.parameter-in-file-name";
  }

  @Override
  public String summary() {
    return "A parameter of the URL became part of the name of the database file";
  }

  @Override
  public String why() {
    return "sqlite-jdbc takes from the URL what it knows and leaves the rest in the file name: SQLite then opens, and"
        + " creates, a database of that name, an empty one instead of yours. It knows the PRAGMAs of SQLiteConfig"
        + " and jdbc.*; not soft_heap_limit, hard_heap_limit, wal_autocheckpoint, cache_spill or threads."
        + " Reported if the name of the file that SQLite has open holds a question mark.";
  }

  @Override
  public String advice() {
    return "Take the parameter out of the URL and execute it on each new connection: HikariCP connectionInitSql, Spring"
        + " Boot spring.datasource.hikari.connection-init-sql. Then remove the file that was created";
  }

  @Override
  public Contrast contrast() {
    return Contrast.shell(
        """
        jdbc:sqlite:shop.db?wal_autocheckpoint=1000   # opens a file of this whole name""",
        """
        jdbc:sqlite:shop.db
        spring.datasource.hikari.connection-init-sql=PRAGMA wal_autocheckpoint=1000""");
  }

  @Override
  protected Finding examine(Facts facts, Connection connection) {
    String file = Settings.text(connection, "file");
    if (file == null || file.indexOf('?') < 0) {
      return null;
    }
    return finding(
        connection,
        SCORE,
        "The URL opened another database: " + Names.sql(file),
        "SQLite has this file open for "
            + Names.connection(connection)
            + "; what begins at the question mark was meant as a parameter",
        advice());
  }
}
