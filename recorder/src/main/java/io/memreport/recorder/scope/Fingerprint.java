// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import java.util.Arrays;

/**
 * Takes the literals out of an SQL text, one thread's reusable buffer at a time.
 *
 * <p>Strings, blobs and numbers become {@code ?}; comments go; white space becomes one blank; a
 * list of literals after {@code IN} becomes one, and rows of {@code VALUES} that look like the
 * first one go. Parameters stay as written. What stands in double quotes is an identifier in SQL,
 * but SQLite and MySQL read it as a string where no such column exists: after an operator or in a
 * list it is taken for a literal, since a lost column name costs less than a recorded secret.
 */
final class Fingerprint {
  /** Longest text kept, in characters; what follows is cut off. */
  static final int MAX_LENGTH = 8192;

  private static final byte START = 1;
  private static final byte PART = 2;

  /** What ASCII characters can be in a word; all others belong to words. */
  private static final byte[] WORD = wordCharacters();

  private char[] out = new char[256];
  private int length;
  private String in;
  private int at;
  private boolean backslashEscapes;
  private boolean truncated;

  /** Where the text of the last keyword that opens a list ends, or -1. */
  private int listKeywordEnd;

  private boolean valuesList;
  private int listStart;
  private int firstRowStart;
  private int firstRowEnd;
  private int depth;

  /**
   * Reads an SQL text; {@link #hash} and {@link #text} then tell of it.
   *
   * @param backslashes whether a backslash escapes the next character of a string, as in MySQL
   */
  Fingerprint read(String sql, boolean backslashes) {
    in = sql;
    at = 0;
    length = 0;
    depth = 0;
    truncated = false;
    backslashEscapes = backslashes;
    listKeywordEnd = -1;
    listStart = -1;
    firstRowStart = -1;
    firstRowEnd = -1;
    int end = sql.length();
    while (at < end && !truncated) {
      token(in.charAt(at), end);
    }
    in = null;
    while (length > 0 && (out[length - 1] == ' ' || out[length - 1] == ';')) {
      length--;
    }
    return this;
  }

  /** Takes an SQL text as it is. */
  Fingerprint copy(String sql) {
    length = Math.min(sql.length(), MAX_LENGTH);
    out = sql.substring(0, length).toCharArray();
    truncated = length < sql.length();
    return this;
  }

  /**
   * A hash of the text, the same in every run; positive, and not an id of {@link SqlTable}'s own.
   */
  long hash() {
    long hash = length;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      hash =
          mix(
              hash,
              out[i] | (long) out[i + 1] << 16 | (long) out[i + 2] << 32 | (long) out[i + 3] << 48);
    }
    for (; i < length; i++) {
      hash = mix(hash, out[i]);
    }
    hash &= Long.MAX_VALUE;
    return hash <= 1 ? 2 : hash;
  }

  /** Four characters at a time: the multiplications are what takes the time. */
  private static long mix(long hash, long more) {
    long product = (hash ^ more) * 0x9E3779B97F4A7C15L;
    return product ^ (product >>> 32);
  }

  String text() {
    String text = new String(out, 0, length);
    return truncated ? text + "…" : text;
  }

  private void token(char c, int end) {
    if (c == '\'') {
      skipString('\'', end, backslashEscapes);
      put('?');
    } else if (c <= ' ') {
      at++;
      blank();
    } else if (isWordStart(c)) {
      word(end);
    } else if (isDigit(c) || (c == '.' && at + 1 < end && isDigit(in.charAt(at + 1)))) {
      skipNumber(end);
      put('?');
    } else if (c == '"') {
      quoted(end);
    } else if (c == '`' || c == '[') {
      copyUntil(c == '[' ? ']' : '`', end);
    } else if (c == '-' && at + 1 < end && in.charAt(at + 1) == '-') {
      int newline = in.indexOf('\n', at);
      at = newline < 0 ? end : newline + 1;
      blank();
    } else if (c == '/' && at + 1 < end && in.charAt(at + 1) == '*') {
      int close = in.indexOf("*/", at + 2);
      at = close < 0 ? end : close + 2;
      blank();
    } else if (c == '?' || c == ':' || c == '@' || c == '$') {
      parameter(c, end);
    } else {
      at++;
      punctuation(c);
    }
  }

  private void word(int end) {
    int start = at;
    while (at < end && isWordPart(in.charAt(at))) {
      at++;
    }
    if (at < end && in.charAt(at) == '\'' && at - start == 1) {
      char prefix = Character.toLowerCase(in.charAt(start));
      if (prefix == 'x' || prefix == 'e' || prefix == 'n' || prefix == 'b') {
        skipString('\'', end, backslashEscapes || prefix == 'e');
        put('?');
        return;
      }
    }
    putAll(start, at);
    if (at - start != 2 && at - start != 6) {
      return;
    }
    boolean values = isWord(start, "values");
    if (values || isWord(start, "in")) {
      listKeywordEnd = length;
      valuesList = values;
      firstRowEnd = -1;
    }
  }

  private boolean isWord(int start, String lowerCase) {
    return at - start == lowerCase.length()
        && in.regionMatches(true, start, lowerCase, 0, lowerCase.length());
  }

  private void punctuation(char c) {
    if (c == '(') {
      depth++;
      boolean opensList = listKeywordEnd >= 0 && onlyBlanksSince(listKeywordEnd);
      boolean nextRow = firstRowEnd >= 0 && onlySeparatorsSince(firstRowEnd);
      if (opensList || nextRow) {
        depth = 1;
        listStart = length;
        if (opensList) {
          firstRowStart = length;
          firstRowEnd = -1;
        }
      }
      listKeywordEnd = -1;
      put(c);
      return;
    }
    put(c);
    if (c == ')' && listStart >= 0 && --depth == 0) {
      closeList();
    }
  }

  private void closeList() {
    if (valuesList) {
      if (firstRowEnd >= 0 && sameAsFirstRow()) {
        length = firstRowEnd;
      } else if (firstRowEnd < 0) {
        firstRowEnd = length;
      }
    } else if (onlyLiteralsSince(listStart + 1)) {
      length = listStart + 1;
      put('?');
      put(')');
    }
    listStart = -1;
  }

  private boolean sameAsFirstRow() {
    int rowLength = firstRowEnd - firstRowStart;
    if (length - listStart != rowLength) {
      return false;
    }
    for (int i = 0; i < rowLength; i++) {
      if (out[firstRowStart + i] != out[listStart + i]) {
        return false;
      }
    }
    return true;
  }

  private boolean onlyBlanksSince(int from) {
    for (int i = from; i < length; i++) {
      if (out[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  private boolean onlySeparatorsSince(int from) {
    for (int i = from; i < length; i++) {
      if (out[i] != ' ' && out[i] != ',') {
        return false;
      }
    }
    return length > from;
  }

  private boolean onlyLiteralsSince(int from) {
    for (int i = from; i < length - 1; i++) {
      char c = out[i];
      if (c != '?' && c != ',' && c != ' ' && c != '-' && c != '+') {
        return false;
      }
    }
    return true;
  }

  private void quoted(int end) {
    if (listStart >= 0 || afterOperator()) {
      skipString('"', end, backslashEscapes);
      put('?');
    } else {
      copyUntil('"', end);
    }
  }

  private boolean afterOperator() {
    int i = length - 1;
    while (i >= 0 && out[i] == ' ') {
      i--;
    }
    if (i < 0) {
      return false;
    }
    if ("=<>|+-*/%".indexOf(out[i]) >= 0) {
      return true;
    }
    return endsWith(i, "like") || endsWith(i, "glob") || endsWith(i, "match");
  }

  private boolean endsWith(int last, String lowerCase) {
    int start = last - lowerCase.length() + 1;
    if (start < 0 || (start > 0 && isWordPart(out[start - 1]))) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      if (Character.toLowerCase(out[start + i]) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void parameter(char c, int end) {
    if (c == '$' && dollarQuoted(end)) {
      put('?');
      return;
    }
    put(c);
    at++;
    while (at < end && isWordPart(in.charAt(at))) {
      put(in.charAt(at++));
    }
  }

  /** PostgreSQL's {@code $tag$ … $tag$}. */
  private boolean dollarQuoted(int end) {
    int tagEnd = at + 1;
    while (tagEnd < end && isWordPart(in.charAt(tagEnd)) && in.charAt(tagEnd) != '$') {
      tagEnd++;
    }
    if (tagEnd >= end || in.charAt(tagEnd) != '$') {
      return false;
    }
    int close = in.indexOf(in.substring(at, tagEnd + 1), tagEnd + 1);
    at = close < 0 ? end : close + (tagEnd + 1 - at);
    return true;
  }

  private void skipString(char quote, int end, boolean backslashes) {
    at = in.indexOf(quote, at) + 1;
    while (at < end) {
      char c = in.charAt(at++);
      if (c == '\\' && backslashes) {
        at++;
      } else if (c == quote) {
        if (at < end && in.charAt(at) == quote) {
          at++;
        } else {
          return;
        }
      }
    }
    at = end;
  }

  private void skipNumber(int end) {
    while (at < end) {
      char c = in.charAt(at);
      boolean exponentSign =
          (c == '-' || c == '+') && (in.charAt(at - 1) == 'e' || in.charAt(at - 1) == 'E');
      if (!isWordPart(c) && c != '.' && !exponentSign) {
        return;
      }
      at++;
    }
  }

  private void copyUntil(char close, int end) {
    put(in.charAt(at++));
    while (at < end) {
      char c = in.charAt(at++);
      put(c);
      if (c == close) {
        return;
      }
    }
  }

  private void blank() {
    if (length > 0 && out[length - 1] != ' ') {
      put(' ');
    }
  }

  private void putAll(int from, int to) {
    int fits = Math.min(to - from, MAX_LENGTH - length);
    truncated |= fits < to - from;
    while (length + fits > out.length) {
      out = Arrays.copyOf(out, 2 * out.length);
    }
    in.getChars(from, from + fits, out, length);
    length += fits;
  }

  private void put(char c) {
    if (length == MAX_LENGTH) {
      truncated = true;
      return;
    }
    if (length == out.length) {
      out = Arrays.copyOf(out, 2 * length);
    }
    out[length++] = c;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(char c) {
    return c >= 0x80 || (WORD[c] & START) != 0;
  }

  private static boolean isWordPart(char c) {
    return c >= 0x80 || WORD[c] != 0;
  }

  private static byte[] wordCharacters() {
    byte[] word = new byte[0x80];
    for (char c = 0; c < word.length; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      word[c] = letter ? START | PART : isDigit(c) || c == '$' ? PART : 0;
    }
    return word;
  }
}
