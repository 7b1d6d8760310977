// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a line without the colours of a terminal and control characters, and split where a
 * writer put several lines into one.
 */
public final class LineText {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]{0,20}+[A-Za-z]");
  private static final char FULL_WIDTH = '\uff01';
  private static final int WIDTHS = 94;

  private LineText() {}

  public static List<String> of(String line) {
    // rsyslog writes a line break as #012, and a tab as #011.
    String text = line.replace("#012", "\n").replace("#011", " ");
    if (text.indexOf('\u001b') >= 0) {
      text = COLOURS.matcher(text).replaceAll("");
    }
    List<String> lines = new ArrayList<>();
    for (String part : text.split("\n")) {
      lines.add(withoutControls(part));
    }
    return lines;
  }

  private static String withoutControls(String line) {
    StringBuilder clean = null;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t' || c == '\u00a0') {
        clean = clean == null ? new StringBuilder(line.substring(0, i)) : clean;
        clean.append(' ');
      } else if (c >= FULL_WIDTH && c < FULL_WIDTH + WIDTHS) {
        // Colons, commas and brackets as Chinese and Japanese write them.
        clean = clean == null ? new StringBuilder(line.substring(0, i)) : clean;
        clean.append((char) (c - FULL_WIDTH + '!'));
      } else if (Character.isISOControl(c)) {
        clean = clean == null ? new StringBuilder(line.substring(0, i)) : clean;
      } else if (clean != null) {
        clean.append(c);
      }
    }
    return clean == null ? line : clean.toString();
  }
}
