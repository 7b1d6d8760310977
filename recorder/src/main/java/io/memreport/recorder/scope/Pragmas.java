// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.sql.SettingNames;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The settings of a SQLite connection, as far as statements that pass set them. */
public final class Pragmas {
  private static final int MAX_VALUE_LENGTH = 64;

  /** What SQLite answers for a word that it takes: https://www.sqlite.org/pragma.html. */
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "temp_store", List.of("default", "file", "memory"),
          "synchronous", List.of("off", "normal", "full", "extra"),
          "auto_vacuum", List.of("none", "full", "incremental"));

  private Pragmas() {}

  /** Whether a text begins like one that changes settings. */
  public static boolean mayHold(String sql) {
    int at = 0;
    while (at < sql.length() && sql.charAt(at) <= ' ') {
      at++;
    }
    return sql.regionMatches(true, at, "pragma", 0, 6)
        || sql.regionMatches(true, at, "attach", 0, 6)
        || sql.regionMatches(true, at, "detach", 0, 6);
  }

  /**
   * Records the settings of an SQL text that {@link #mayHold} some.
   *
   * @param script whether the call runs all statements of its text, as {@code executeUpdate} does,
   *     or just the first, as {@code execute} does
   */
  static void record(ConnectionScope connection, String sql, boolean script) {
    connection.settingsMayHaveChanged();
    for (String statement : sql.split(";", script ? 64 : 2)) {
      one(connection, statement.strip());
      if (!script) {
        return;
      }
    }
  }

  private static void one(ConnectionScope connection, String statement) {
    if (!statement.regionMatches(true, 0, "pragma", 0, 6)) {
      return;
    }
    String body = statement.substring(6).strip();
    int end = 0;
    while (end < body.length()
        && (Character.isLetterOrDigit(body.charAt(end)) || "_.".indexOf(body.charAt(end)) >= 0)) {
      end++;
    }
    String name = body.substring(0, end).toLowerCase(Locale.ROOT);
    String rest = body.substring(end).strip();
    // SQLite says the others itself, in its own words, but this one only if it is run.
    boolean asked = connection.saysItsSettings() && !name.endsWith("journal_mode");
    if (asked || !SettingNames.isRecorded(name) || rest.isEmpty()) {
      return;
    }
    String value = rest.substring(1).replace(')', ' ').replace('\'', ' ').replace('"', ' ').strip();
    if ((rest.charAt(0) == '=' || rest.charAt(0) == '(') && value.length() <= MAX_VALUE_LENGTH) {
      connection.setting(name, inWordsOfSqlite(name, value.toLowerCase(Locale.ROOT)));
    }
  }

  private static String inWordsOfSqlite(String name, String value) {
    int number =
        WORDS.getOrDefault(name.substring(name.lastIndexOf('.') + 1), List.of()).indexOf(value);
    return number < 0 ? value : Integer.toString(number);
  }
}
