// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.model.sql.Connection;
import io.memreport.model.verdict.Fix;
import io.memreport.model.verdict.Fix.Setting;
import io.memreport.model.verdict.Fix.Snippet;
import io.memreport.model.verdict.FixKind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting of SQLite in all the ways in which people set it.
 *
 * <p>sqlite-jdbc reads it from the URL, from properties, which is what HikariCP and Spring Boot
 * pass on, and from SQLiteConfig; SQL works anywhere, once for each connection.
 */
public final class SettingFix {
  private static final String ANY_FILE = "jdbc:sqlite:file.db";

  private SettingFix() {}

  /** For the documentation, where no connection is known. */
  public static Fix example(String name, String value) {
    return fix(ANY_FILE, name, null, value, null);
  }

  /**
   * For this connection, with its own URL.
   *
   * @param gainBytes how much less it can hold then, null if that is not known
   */
  public static Fix of(Connection connection, String name, String value, Long gainBytes) {
    return fix(
        Settings.isSqlite(connection) ? connection.url() : ANY_FILE,
        name,
        Settings.text(connection, name),
        value,
        gainBytes);
  }

  private static Fix fix(String url, String name, String from, String to, Long gainBytes) {
    String pair = name + "=" + to;
    return new Fix(
        FixKind.SQLITE_SETTING,
        List.of(new Setting(name, from, to)),
        gainBytes,
        List.of(
            new Snippet("JDBC URL", with(url, name, to)),
            new Snippet("PRAGMA", "PRAGMA " + pair + ";"),
            new Snippet("SQLiteConfig", "config." + call(name, to) + ";"),
            new Snippet(
                "HikariCP", "config.addDataSourceProperty(\"" + name + "\", \"" + to + "\");"),
            new Snippet("Spring Boot", "spring.datasource.hikari.data-source-properties." + pair)));
  }

  /** The URL with this parameter, in place of the same if it has it. */
  static String with(String url, String name, String value) {
    Matcher same = Pattern.compile("(?i)([?&])" + Pattern.quote(name) + "=[^&]*").matcher(url);
    if (same.find()) {
      return same.replaceFirst(Matcher.quoteReplacement(same.group(1) + name + "=" + value));
    }
    String joint = !url.contains("?") ? "?" : url.endsWith("?") || url.endsWith("&") ? "" : "&";
    return url + joint + name + "=" + value;
  }

  /** Of org.sqlite.SQLiteConfig. */
  private static String call(String name, String value) {
    return switch (name) {
      case "cache_size" -> "setCacheSize(" + value + ")";
      case "journal_size_limit" -> "setJournalSizeLimit(" + value + ")";
      case "temp_store" -> "setTempStore(SQLiteConfig.TempStore." + value + ")";
      default ->
          "setPragma(SQLiteConfig.Pragma." + name.toUpperCase(Locale.ROOT) + ", \"" + value + "\")";
    };
  }
}
