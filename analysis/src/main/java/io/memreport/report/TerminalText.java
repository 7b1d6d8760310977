// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.report.html.part.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines for a terminal. */
public final class TerminalText {
  static final String BOLD = "\u001b[1m";
  static final String RED = "\u001b[1;31m";
  static final String YELLOW = "\u001b[1;33m";
  static final String GREEN = "\u001b[1;32m";

  private static final int LINES = 8;
  private static final String PLAIN = "\u001b[0m";
  private static final String ITEM = "  - ";

  private final PrintWriter out;
  private final TerminalStyle style;

  TerminalText(PrintWriter out, TerminalStyle style) {
    this.out = out;
    this.style = style;
  }

  void headline(String colour, String words) {
    print(colour, "", words);
  }

  /** A line as it is, however long: a row of a table, a command. */
  void line(String words) {
    out.println(shown(words));
  }

  /** Wrapped; what follows its first line stands below the end of the indent. */
  void paragraph(String indent, String words) {
    print("", indent, words);
  }

  void list(String title, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    out.println();
    out.println(coloured(BOLD, title));
    texts.stream().limit(LINES).forEach(text -> paragraph(ITEM, text));
    if (texts.size() > LINES) {
      out.println(ITEM + "and " + (texts.size() - LINES) + " more in the report");
    }
  }

  private void print(String colour, String indent, String words) {
    String before = indent;
    for (String line : wrapped(shown(words), style.width() - indent.length())) {
      out.println(before + coloured(colour, line));
      before = " ".repeat(indent.length());
    }
  }

  /** Broken at blanks; a word that is longer than a line stays whole, so that it can be copied. */
  private List<String> wrapped(String text, int width) {
    if (style.width() == 0 || text.length() <= width) {
      return List.of(text);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private String coloured(String colour, String text) {
    return style.colours() && !colour.isEmpty() ? colour + text + PLAIN : text;
  }

  private String shown(String words) {
    return style.ascii() ? ascii(visible(words)) : visible(words);
  }

  /**
   * Names come from outside: what in them would move the cursor, hide or turn other text around is
   * written as its code point. On one line.
   */
  public static String visible(String raw) {
    return VisibleText.block(raw).replace('\n', ' ').replace('\t', ' ');
  }

  /** What we write ourselves in other words, names with their code points. */
  static String ascii(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '…' -> out.append("...");
                case '·', '–' -> out.append('-');
                case '›' -> out.append('>');
                case '→' -> out.append("->");
                case 'µ' -> out.append('u');
                default -> {
                  if (c < 0x80) {
                    out.appendCodePoint(c);
                  } else {
                    out.append(String.format(Locale.ROOT, "\\u%04X", c));
                  }
                }
              }
            });
    return out.toString();
  }
}
