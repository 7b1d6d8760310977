// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import java.util.ArrayList;
import java.util.List;

/** An SQL text that may hold several statements. */
final class SqlScript {
  private final String text;
  private final StringBuilder statement = new StringBuilder();
  private final List<String> statements = new ArrayList<>();
  private int at;

  private SqlScript(String text) {
    this.text = text;
  }

  /** Its statements, without comments and the semicolons between them; SQLite's dialect. */
  static List<String> statements(String text) {
    SqlScript script = new SqlScript(text);
    while (script.at < text.length()) {
      script.token(text.charAt(script.at));
    }
    script.end();
    return script.statements;
  }

  private void token(char c) {
    if (c == '\'' || c == '"' || c == '`') {
      copyThrough(c);
    } else if (c == '[') {
      copyThrough(']');
    } else if (text.startsWith("--", at)) {
      skipThrough("\n");
    } else if (text.startsWith("/*", at)) {
      skipThrough("*/");
    } else if (c == ';') {
      end();
      at++;
    } else {
      statement.append(c);
      at++;
    }
  }

  /** A doubled quote is two texts side by side, which ends where one would. */
  private void copyThrough(char close) {
    int end = text.indexOf(close, at + 1);
    int next = end < 0 ? text.length() : end + 1;
    statement.append(text, at, next);
    at = next;
  }

  private void skipThrough(String close) {
    int end = text.indexOf(close, at + 2);
    at = end < 0 ? text.length() : end + close.length();
    statement.append(' ');
  }

  private void end() {
    String ended = statement.toString().strip();
    if (!ended.isEmpty()) {
      statements.add(ended);
    }
    statement.setLength(0);
  }
}
