// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.model.sql.Connection;

/** A connection's settings, as SQLite says them. */
public final class Settings {
  private static final String MEMORY = "2";

  private Settings() {}

  /** Whether it is a connection of SQLite's driver. */
  public static boolean isSqlite(Connection connection) {
    return connection.url() != null && connection.url().startsWith("jdbc:sqlite:");
  }

  /** Whether its main database lives in memory, as far as the URL tells. */
  public static boolean isInMemory(Connection connection) {
    String url = connection.url();
    return url != null
        && (url.equals("jdbc:sqlite:") || url.contains(":memory:") || url.contains("mode=memory"));
  }

  /** The value, or null if it was not read. */
  public static String text(Connection connection, String name) {
    return connection.settings() == null ? null : connection.settings().get(name);
  }

  /** The value as a number, or null if it is none or was not read. */
  public static Long number(Connection connection, String name) {
    return number(text(connection, name));
  }

  public static Long number(String value) {
    try {
      return value == null ? null : Long.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Whether sorts and temporary tables stay in memory. */
  public static boolean keepsTemporaryInMemory(Connection connection) {
    String value = text(connection, "temp_store");
    return value != null && (value.equals(MEMORY) || value.equalsIgnoreCase("memory"));
  }
}
