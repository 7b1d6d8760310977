// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

/**
 * One setting in all the ways in which people set it, for the advice of a finding.
 *
 * <p>sqlite-jdbc reads it from the URL, from properties, which is what HikariCP and Spring Boot
 * pass on, and from SQLiteConfig; SQL works anywhere, once for each connection.
 */
public final class SettingFix {
  private SettingFix() {}

  /**
   * A PRAGMA that the driver takes as a parameter.
   *
   * @param call the method of SQLiteConfig with its argument, as {@code setCacheSize(-16000)}
   */
  public static String parameter(String name, String value, String call) {
    String pair = name + "=" + value;
    return "PRAGMA "
        + pair
        + "; in the URL jdbc:sqlite:file.db?"
        + pair
        + "; SQLiteConfig."
        + call
        + "; HikariCP dataSourceProperties "
        + pair
        + "; Spring Boot spring.datasource.hikari.data-source-properties."
        + pair;
  }

  /** A PRAGMA that the driver has no parameter for: it must be executed on each new connection. */
  static String statement(String name, String value) {
    String pragma = "PRAGMA " + name + "=" + value;
    return pragma
        + ", executed on each new connection, as HikariCP connectionInitSql or Spring Boot"
        + " spring.datasource.hikari.connection-init-sql="
        + pragma
        + " (one statement only: the driver executes no second one)";
  }
}
