// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The settings of a SQLite connection, as far as statements that pass set them. */
final class Pragmas {
  /** Those that say where memory goes. Others may hold secrets, as {@code PRAGMA key} does. */
  private static final Set<String> RECORDED =
      Set.of(
          "auto_vacuum",
          "busy_timeout",
          "cache_size",
          "cache_spill",
          "foreign_keys",
          "hard_heap_limit",
          "journal_mode",
          "journal_size_limit",
          "locking_mode",
          "mmap_size",
          "page_size",
          "query_only",
          "read_uncommitted",
          "shrink_memory",
          "soft_heap_limit",
          "synchronous",
          "temp_store",
          "threads",
          "wal_autocheckpoint");

  private static final int MAX_VALUE_LENGTH = 64;

  /** A name, and a value behind it in either way to write it. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?i)(\\bpragma\\s+(?:\\w+\\.)?(\\w+)\\s*[=(]\\s*)[^;)\\s]+");

  private Pragmas() {}

  /** Whether the value of a PRAGMA may be recorded; the name may hold a schema's. */
  static boolean isRecorded(String name) {
    return RECORDED.contains(name.substring(name.indexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  static boolean mayHold(String sql) {
    int at = 0;
    while (at < sql.length() && sql.charAt(at) <= ' ') {
      at++;
    }
    return sql.regionMatches(true, at, "pragma", 0, 6)
        || sql.regionMatches(true, at, "attach", 0, 6)
        || sql.regionMatches(true, at, "detach", 0, 6);
  }

  /** A text without the value of a PRAGMA that may be a secret, as that of PRAGMA key. */
  static String withoutSecret(String sql) {
    if (!mayHold(sql)) {
      return sql;
    }
    Matcher pragma = ASSIGNMENT.matcher(sql);
    StringBuilder kept = new StringBuilder();
    while (pragma.find()) {
      boolean plain = isRecorded(pragma.group(2).toLowerCase(Locale.ROOT));
      pragma.appendReplacement(
          kept, Matcher.quoteReplacement(plain ? pragma.group() : pragma.group(1) + "?"));
    }
    return pragma.appendTail(kept).toString();
  }

  /**
   * Records the settings of an SQL text that {@link #mayHold} some.
   *
   * @param script whether the call runs all statements of its text, as {@code executeUpdate} does,
   *     or just the first, as {@code execute} does
   */
  static void record(ConnectionScope connection, String sql, boolean script) {
    if (connection.saysItsSettings()) {
      connection.settingsMayHaveChanged();
      return;
    }
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
    if (!RECORDED.contains(name.substring(name.indexOf('.') + 1)) || rest.isEmpty()) {
      return;
    }
    String value = rest.substring(1).replace(')', ' ').replace('\'', ' ').replace('"', ' ').strip();
    if ((rest.charAt(0) == '=' || rest.charAt(0) == '(') && value.length() <= MAX_VALUE_LENGTH) {
      connection.setting(name, value);
    }
  }
}
