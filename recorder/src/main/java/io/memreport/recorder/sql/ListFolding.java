// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.sql;

/**
 * Makes one of many: a list of literals after {@code IN} becomes one literal, and rows of {@code
 * VALUES} that look like the first one go.
 */
final class ListFolding {
  private final SqlBuffer out;

  /** Where the text of the last keyword that opens a list ends, or -1. */
  private int keywordEnd;

  private boolean valuesList;
  private int listStart;
  private int firstRowStart;
  private int firstRowEnd;
  private int depth;

  ListFolding(SqlBuffer out) {
    this.out = out;
  }

  void clear() {
    keywordEnd = -1;
    listStart = -1;
    firstRowStart = -1;
    firstRowEnd = -1;
    depth = 0;
  }

  /** Whether a list of literals is open. */
  boolean isOpen() {
    return listStart >= 0;
  }

  /** {@code IN} or {@code VALUES} was written. */
  void keyword(boolean values) {
    keywordEnd = out.length;
    valuesList = values;
    firstRowEnd = -1;
  }

  /** Call before an opening parenthesis is written. */
  void opens() {
    depth++;
    boolean opensList = keywordEnd >= 0 && only(keywordEnd, out.length, " ");
    boolean nextRow =
        firstRowEnd >= 0 && out.length > firstRowEnd && only(firstRowEnd, out.length, " ,");
    if (opensList || nextRow) {
      depth = 1;
      listStart = out.length;
      if (opensList) {
        firstRowStart = out.length;
        firstRowEnd = -1;
      }
    }
    keywordEnd = -1;
  }

  /** Call after a closing parenthesis was written. */
  void closed() {
    if (listStart < 0 || --depth != 0 || out.muted) {
      return;
    }
    if (valuesList) {
      if (firstRowEnd >= 0 && sameAsFirstRow()) {
        out.length = firstRowEnd;
      } else if (firstRowEnd < 0) {
        firstRowEnd = out.length;
      }
    } else if (only(listStart + 1, out.length - 1, "?, -+")) {
      out.length = listStart + 1;
      out.put('?');
      out.put(')');
    }
    listStart = -1;
  }

  private boolean sameAsFirstRow() {
    int rowLength = firstRowEnd - firstRowStart;
    if (out.length - listStart != rowLength) {
      return false;
    }
    for (int i = 0; i < rowLength; i++) {
      if (out.chars[firstRowStart + i] != out.chars[listStart + i]) {
        return false;
      }
    }
    return true;
  }

  private boolean only(int from, int to, String allowed) {
    for (int i = from; i < to; i++) {
      if (allowed.indexOf(out.chars[i]) < 0) {
        return false;
      }
    }
    return true;
  }
}
