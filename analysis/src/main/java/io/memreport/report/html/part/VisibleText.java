// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import java.util.Locale;

/**
 * Text of other programs made safe to show: characters that act on their surroundings instead of
 * being seen (controls, bidirectional overrides, invisible marks) are written as their code point,
 * as in {@code \u202E}. Escaping for HTML is the template's work.
 */
public final class VisibleText {
  private static final int LABEL = 400;

  private VisibleText() {}

  /** On one line: every run of white space becomes one space. Null becomes empty. */
  public static String line(String text) {
    return text == null ? "" : visible(text, false);
  }

  /** As {@link #line}, but at most {@value #LABEL} characters. */
  public static String label(String text) {
    return shorten(line(text), LABEL);
  }

  /** Keeps line breaks and tabs. Null becomes empty. */
  public static String block(String text) {
    return text == null ? "" : visible(text, true);
  }

  /** The first {@code max} characters, with an ellipsis when that is not all. */
  public static String shorten(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end) + "…";
  }

  private static String visible(String text, boolean keepLines) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n' || c == '\t' || c == ' ') {
                if (keepLines) {
                  out.appendCodePoint(c);
                } else if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
                  out.append(' ');
                }
              } else if (c == '\r' && keepLines) {
                return;
              } else if (c == 0x200D || !acts(c)) { // U+200D joins emoji
                out.appendCodePoint(c);
              } else {
                out.append(c > 0xFFFF ? "\\u{" : "\\u");
                String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
                out.append("0".repeat(Math.max(0, 4 - hex.length()))).append(hex);
                out.append(c > 0xFFFF ? "}" : "");
              }
            });
    return keepLines ? out.toString() : out.toString().strip();
  }

  private static boolean acts(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
