// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.line;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Months as the languages abbreviate them: dmesg writes dates in that of its user. */
final class MonthNames {
  private static final Map<String, Integer> MONTHS = months();

  private MonthNames() {}

  private static Map<String, Integer> months() {
    Map<String, Integer> months = new HashMap<>();
    List<TextStyle> styles =
        List.of(
            TextStyle.SHORT, TextStyle.SHORT_STANDALONE, TextStyle.FULL, TextStyle.FULL_STANDALONE);
    for (Month month : Month.values()) {
      // English wins where two languages use one word for two months.
      months.put(key(month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH)), month.getValue());
    }
    for (Locale locale : Locale.getAvailableLocales()) {
      for (Month month : Month.values()) {
        for (TextStyle style : styles) {
          months.putIfAbsent(key(month.getDisplayName(style, locale)), month.getValue());
        }
      }
    }
    return months;
  }

  /** The number of a month from 1, or 0 if this is none. */
  static int number(String word) {
    String digits = word.replaceAll("[月월]$", "");
    if (!digits.equals(word) && digits.matches("\\d{1,2}")) {
      int number = Integer.parseInt(digits);
      return number >= 1 && number <= 12 ? number : 0;
    }
    return MONTHS.getOrDefault(key(word), 0);
  }

  private static String key(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
