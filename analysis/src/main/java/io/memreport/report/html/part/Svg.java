// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import java.util.Locale;

/** Numbers and paths in the notation of SVG. */
public final class Svg {
  private Svg() {}

  /** A percentage without needless zeros, as in {@code 12.5%}. */
  public static String percent(double value) {
    return number(value) + "%";
  }

  /** At most three decimals, no locale. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  /** The area between a line and {@code base}, by steps relative to each other, which are short. */
  public static String area(int[] x, int[] y, int base) {
    return "M" + x[0] + " " + base + "V" + y[0] + steps(x, y) + "V" + base + "z";
  }

  /** A line through all points. */
  public static String line(int[] x, int[] y) {
    return "M" + x[0] + " " + y[0] + steps(x, y);
  }

  private static String steps(int[] x, int[] y) {
    StringBuilder out = new StringBuilder(x.length * 8).append('l');
    for (int i = 1; i < x.length; i++) {
      out.append(i == 1 ? "" : " ").append(x[i] - x[i - 1]);
      int dy = y[i] - y[i - 1];
      out.append(dy < 0 ? "" : " ").append(dy);
    }
    return x.length == 1 ? "" : out.toString();
  }
}
