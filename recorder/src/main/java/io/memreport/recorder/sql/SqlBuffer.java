// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

import java.util.Arrays;

/** The text that is kept of a statement, in a buffer that is used again. */
final class SqlBuffer {
  /** Longest text kept, in characters; what follows is cut off. */
  static final int MAX_LENGTH = 8192;

  char[] chars = new char[256];
  int length;
  boolean truncated;

  /** Whether nothing is kept of what is put. */
  boolean muted;

  void clear() {
    length = 0;
    truncated = false;
    muted = false;
  }

  void set(String text) {
    clear();
    putAll(text, 0, text.length());
  }

  void put(char c) {
    if (muted) {
      return;
    }
    if (length == MAX_LENGTH) {
      truncated = true;
      return;
    }
    if (length == chars.length) {
      chars = Arrays.copyOf(chars, 2 * length);
    }
    chars[length++] = c;
  }

  void putAll(String in, int from, int to) {
    if (muted) {
      return;
    }
    int fits = Math.min(to - from, MAX_LENGTH - length);
    truncated |= fits < to - from;
    while (length + fits > chars.length) {
      chars = Arrays.copyOf(chars, 2 * chars.length);
    }
    in.getChars(from, from + fits, chars, length);
    length += fits;
  }

  /** One blank between tokens. */
  void blank() {
    if (length > 0 && chars[length - 1] != ' ') {
      put(' ');
    }
  }

  /** The last character that is no blank; 0 if there is none. */
  char last() {
    int i = length - 1;
    while (i >= 0 && chars[i] == ' ') {
      i--;
    }
    return i < 0 ? 0 : chars[i];
  }

  /** Takes blanks and semicolons off the end. */
  void strip() {
    while (length > 0 && (chars[length - 1] == ' ' || chars[length - 1] == ';')) {
      length--;
    }
  }

  /** A hash of the text, the same in every run; positive, and greater than 1. */
  long hash() {
    long hash = length;
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      hash =
          mix(
              hash,
              chars[i]
                  | (long) chars[i + 1] << 16
                  | (long) chars[i + 2] << 32
                  | (long) chars[i + 3] << 48);
    }
    for (; i < length; i++) {
      hash = mix(hash, chars[i]);
    }
    hash &= Long.MAX_VALUE;
    return hash <= 1 ? 2 : hash;
  }

  /** Four characters at a time: the multiplications are what takes the time. */
  private static long mix(long hash, long more) {
    long product = (hash ^ more) * 0x9E3779B97F4A7C15L;
    return product ^ (product >>> 32);
  }

  @Override
  public String toString() {
    String text = new String(chars, 0, length);
    return truncated ? text + "…" : text;
  }
}
