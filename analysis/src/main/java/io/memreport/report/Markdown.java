// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Names;

/**
 * Text of other programs in GitHub-flavoured Markdown: nothing in it is markup, all on one line.
 */
final class Markdown {
  /** What begins a link, an emphasis, a mention or an element, or ends a cell, anywhere. */
  private static final String ACTIVE = "\\`*[]|~@#";

  /** What begins a list, a heading's underline or a quotation, at the start of a line. */
  private static final String ACTIVE_AT_START = "-+=>";

  private Markdown() {}

  /** A sentence, at most {@code longest} characters of it. */
  static String text(String raw, int longest) {
    String bounded = line(raw, longest);
    StringBuilder out = new StringBuilder(bounded.length() + 16);
    for (int i = 0; i < bounded.length(); i++) {
      char c = bounded.charAt(i);
      if (c == '<') {
        out.append("&lt;");
      } else if (c == '&') {
        out.append("&amp;");
      } else {
        boolean active =
            ACTIVE.indexOf(c) >= 0
                || c == '_' && !isWithinWord(bounded, i)
                || i == 0 && ACTIVE_AT_START.indexOf(c) >= 0;
        out.append(active ? "\\" : "").append(c);
      }
    }
    return out.toString();
  }

  /** A name or SQL in the style of code, between more backticks than it has in a row. */
  static String code(String raw, int longest) {
    String bounded = line(raw, longest);
    if (bounded.isBlank()) {
      return "";
    }
    int most = 0;
    int row = 0;
    for (int i = 0; i < bounded.length(); i++) {
      row = bounded.charAt(i) == '`' ? row + 1 : 0;
      most = Math.max(most, row);
    }
    String fence = "`".repeat(most + 1);
    String room = most == 0 ? "" : " ";
    return fence + room + bounded + room + fence;
  }

  /** The same in a table, where a bar would end the cell even there. */
  static String cell(String raw, int longest) {
    return code(raw, longest).replace("|", "\\|");
  }

  /** Lines in a block of their own, below a fence that is in none of them. */
  static String block(String raw, int longest) {
    String bounded = line(raw, longest);
    String fence = bounded.contains("```") ? "~~~~~~~~" : "```";
    return fence + "\n" + bounded.replace("~~~~~~~~", "~~~~~~~") + "\n" + fence;
  }

  private static boolean isWithinWord(String text, int at) {
    return at > 0
        && at + 1 < text.length()
        && Character.isLetterOrDigit(text.charAt(at - 1))
        && Character.isLetterOrDigit(text.charAt(at + 1));
  }

  private static String line(String raw, int longest) {
    StringBuilder out = new StringBuilder();
    Names.shown(raw, longest)
        .codePoints()
        .forEach(
            c -> {
              boolean acts = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
              out.appendCodePoint(acts ? ' ' : c);
            });
    return out.toString();
  }
}
