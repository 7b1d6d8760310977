// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.platform;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as platforms write them: their kB, MB and GB are powers of 1024. */
public final class Sizes {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?) ?([kKMGTP]?)(?:i?[Bb]?|bytes)");

  private Sizes() {}

  /** The size in bytes, or null if this is none. */
  public static Long bytes(String text) {
    Matcher found = SIZE.matcher(text.strip());
    if (!found.matches()) {
      return null;
    }
    String unit = found.group(2);
    int shift =
        unit.isEmpty() ? 0 : 10 * (1 + "KMGTP".indexOf(Character.toUpperCase(unit.charAt(0))));
    double bytes = Double.parseDouble(found.group(1)) * (1L << shift);
    return bytes > Long.MAX_VALUE / 2.0 ? null : Long.valueOf(Math.round(bytes));
  }
}
