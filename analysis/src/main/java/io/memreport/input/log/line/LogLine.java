// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import io.memreport.model.log.LogSign;
import io.memreport.model.log.LogTime;

/**
 * A line without its prefix, and what can be picked out of it. Nothing here backtracks: each look
 * for a word is one pass.
 *
 * @param text what stands behind the prefix
 * @param time what the prefix says, or null
 * @param writerPid the process that wrote it, where the prefix says so, or null
 * @param indented whether the text itself begins with a space or a tab, which is left out
 * @param source the file it stands in
 * @param number its number there, from 1
 */
public record LogLine(
    String text, LogTime time, Long writerPid, boolean indented, String source, long number) {
  private static final int LONGEST_SIGN = 400;

  public boolean has(String words) {
    return text.contains(words);
  }

  /** What stands behind the words up to the end, or null. */
  public String after(String words) {
    int at = text.indexOf(words);
    return at < 0 ? null : text.substring(at + words.length());
  }

  /** What stands before the words, or null. */
  public String before(String words) {
    int at = text.indexOf(words);
    return at < 0 ? null : text.substring(0, at);
  }

  /** What stands between the first words and the next occurrence of the second ones, or null. */
  public String between(String first, String second) {
    int from = text.indexOf(first);
    if (from < 0) {
      return null;
    }
    from += first.length();
    int to = text.indexOf(second, from);
    return to < 0 ? null : text.substring(from, to);
  }

  /** The whole number behind the words, or null. */
  public Long number(String words) {
    int at = text.indexOf(words);
    return at < 0 ? null : numberAt(text, at + words.length());
  }

  /** The number of kB behind the words in bytes, or null; a number that is cut off is none. */
  public Long kilobytes(String words) {
    int at = text.indexOf(words);
    if (at < 0) {
      return null;
    }
    int from = at + words.length();
    int end = endOfNumber(text, from);
    boolean whole = end < text.length() && Character.toLowerCase(text.charAt(end)) == 'k';
    Long number = whole ? numberAt(text, from) : null;
    return number == null || number > Long.MAX_VALUE >> 10 ? null : Long.valueOf(number << 10);
  }

  /** The number with decimals behind the words, or null. */
  public Double decimal(String words) {
    int at = text.indexOf(words);
    return at < 0 ? null : decimalAt(text, at + words.length());
  }

  public static Double decimalAt(String text, int from) {
    int start = skipSpaces(text, from);
    int end = start;
    while (end < text.length() && (isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
      end++;
    }
    try {
      return end == start ? null : Double.valueOf(text.substring(start, end));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The whole number that begins there, behind spaces; null if there is none or it is too long. */
  public static Long numberAt(String text, int from) {
    int start = skipSpaces(text, from);
    int end = endOfNumber(text, start);
    try {
      return end == start || text.charAt(end - 1) == '-'
          ? null
          : Long.valueOf(text.substring(start, end));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static int skipSpaces(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static int endOfNumber(String text, int from) {
    int at = skipSpaces(text, from);
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  public LogLine withText(String other) {
    return new LogLine(other, time, writerPid, indented, source, number);
  }

  /** The same line at another time. */
  public LogLine at(LogTime other) {
    return new LogLine(text, other, writerPid, indented, source, number);
  }

  /**
   * The line as far as it may be shown if what matters in it begins at {@code start}: what stands
   * before may be somebody's SQL, or say who was connected.
   */
  public LogLine shownFrom(int start) {
    for (int i = 0; i < start; i++) {
      if ("'\"=@".indexOf(text.charAt(i)) >= 0) {
        return withText("… " + text.substring(start));
      }
    }
    return this;
  }

  public LogSign sign() {
    String shown = text.length() <= LONGEST_SIGN ? text : text.substring(0, LONGEST_SIGN - 1) + "…";
    return new LogSign(shown, source, number, time);
  }
}
