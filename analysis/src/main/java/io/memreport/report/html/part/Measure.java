// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import io.memreport.diagnosis.words.Units;
import java.util.Locale;

/**
 * A number as a reader sees it. {@code value} sorts, null for unknown; {@code title} is the exact
 * figure, or why there is none.
 */
public record Measure(Long value, String text, String title) {
  private static final int KIB = 1024;
  private static final int MICRO = 1000;

  public static Measure bytes(Long bytes) {
    return bytes(bytes, "not measured");
  }

  public static Measure bytes(Long bytes, String whyUnknown) {
    return bytes == null
        ? unknown(whyUnknown)
        : new Measure(bytes, Units.bytes(bytes), exact(bytes, KIB, "byte"));
  }

  public static Measure nanos(Long nanos) {
    return nanos == null
        ? unknown("not measured")
        : new Measure(nanos, Units.duration(nanos), exact(nanos, MICRO, "nanosecond"));
  }

  public static Measure count(Long count) {
    return count == null ? unknown("not measured") : new Measure(count, grouped(count), "");
  }

  public static Measure count(long count) {
    return count(Long.valueOf(count));
  }

  /** With thousands set apart, whatever the locale of this machine. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static Measure unknown(String why) {
    return new Measure(null, "unknown", why);
  }

  /** Empty for what is less than the next unit, of which the text has all digits. */
  private static String exact(long number, int next, String unit) {
    return Math.abs(number) < next ? "" : grouped(number) + " " + unit + "s";
  }
}
