// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.report.html.part.VisibleText;
import java.io.PrintWriter;
import java.util.List;

/** Lines for a terminal. */
public final class TerminalText {
  static final String BOLD = "\u001b[1m";
  static final String RED = "\u001b[1;31m";
  static final String GREEN = "\u001b[1;32m";

  private static final int LINES = 8;
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean colours;

  TerminalText(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  void headline(String style, String words) {
    out.println(styled(style, visible(words)));
  }

  void line(String words) {
    out.println(visible(words));
  }

  void list(String title, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    out.println();
    out.println(styled(BOLD, title));
    texts.stream().limit(LINES).forEach(text -> out.println("  - " + visible(text)));
    if (texts.size() > LINES) {
      out.println("  - and " + (texts.size() - LINES) + " more in the report");
    }
  }

  private String styled(String style, String text) {
    return colours ? style + text + PLAIN : text;
  }

  /**
   * Names come from outside: what in them would move the cursor, hide or turn other text around is
   * written as its code point. On one line.
   */
  public static String visible(String raw) {
    return VisibleText.block(raw).replace('\n', ' ').replace('\t', ' ');
  }
}
