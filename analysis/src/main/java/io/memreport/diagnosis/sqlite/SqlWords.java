// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import java.util.regex.Pattern;

/** What the words of a query tell of the work that it makes. */
public final class SqlWords {
  private static final Pattern SORTS =
      Pattern.compile("(?i)\\b(order\\s+by|group\\s+by|distinct|union|intersect|except)\\b");

  private static final Pattern CONDITION = Pattern.compile("(?i)\\bwhere\\b");

  private SqlWords() {}

  /** Whether a query has a word that makes SQLite sort, unless an index gives the order. */
  public static boolean sorts(String sql) {
    return SORTS.matcher(sql).find();
  }

  /** Whether it wants some rows of a table only. */
  public static boolean chooses(String sql) {
    return CONDITION.matcher(sql).find();
  }
}
