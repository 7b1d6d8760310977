// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import io.memreport.recorder.text.SharedMemoryLines;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts what a child prints into lines, and makes texts only of those that can mean something: of
 * all others it copies no more than the ends of the pieces that they come in.
 */
final class OutputLines {
  /** Longer lines are looked at up to here. */
  static final int MAX_LINE = 4096;

  private static final WordSearch SIGNS = new WordSearch(SharedMemoryLines.SIGNS);

  private final SharedMemoryLines lines;

  /** The beginning of a line whose end has not come yet. */
  private byte[] begun = {};

  private int length;

  /** The rest of the line that passes now is of no use: its beginning was passed over. */
  private boolean midLine;

  OutputLines(long testId) {
    lines = new SharedMemoryLines(testId);
  }

  /** Whether all was said that a process may say. */
  boolean isFull() {
    return lines.isFull();
  }

  /** Looks at what was printed next. */
  void add(byte[] bytes, int from, int count) {
    int to = from + count;
    int at = from;
    if (length > 0 || midLine) {
      int end = newline(bytes, from, to);
      if (!midLine) {
        keep(bytes, from, end);
      }
      if (end == to) {
        return;
      }
      if (!midLine) {
        lines.look(new String(begun, 0, length, StandardCharsets.UTF_8));
        length = 0;
      }
      midLine = false;
      at = end + 1;
    }
    int rest = to;
    while (rest > at && bytes[rest - 1] != '\n') {
      rest--;
    }
    wholeLines(bytes, at, rest);
    keep(bytes, rest, to);
  }

  /** Something was printed that nobody looked at. */
  void passOver() {
    length = 0;
    midLine = true;
    lines.passOver();
  }

  /**
   * @param from where a line begins
   * @param to where another one does
   */
  private void wholeLines(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (!lines.wantsNext()) {
        int found = SIGNS.find(bytes, at, to);
        if (found < 0) {
          return;
        }
        while (found > at && bytes[found - 1] != '\n') {
          found--;
        }
        at = found;
      }
      int end = newline(bytes, at, to);
      lines.look(new String(bytes, at, Math.min(end - at, MAX_LINE), StandardCharsets.UTF_8));
      at = end + 1;
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    int count = Math.min(to - from, MAX_LINE - length);
    if (count <= 0) {
      return;
    }
    if (length + count > begun.length) {
      begun = Arrays.copyOf(begun, Math.min(MAX_LINE, 2 * (length + count)));
    }
    System.arraycopy(bytes, from, begun, length, count);
    length += count;
  }

  private static int newline(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '\n') {
      at++;
    }
    return at;
  }
}
