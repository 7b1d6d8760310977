// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.words;

import java.util.Locale;

/** Bytes and durations with three digits. The script formats the rows it brings in the same way. */
public final class Units {
  private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final String[] TIMES = {"ns", "µs", "ms", "s"};
  private static final long MINUTE = 60_000_000_000L;
  private static final long DAY = 24 * 60 * 60;

  private Units() {}

  /** As in {@code 41.8 MiB}. */
  public static String bytes(long bytes) {
    return scaled(bytes, 1024, BYTES);
  }

  /** As in {@code 12.3 ms}, {@code 2:05 min} or {@code 1:02:05 h}. */
  public static String duration(long nanos) {
    if (nanos < MINUTE) {
      return scaled(nanos, 1000, TIMES);
    }
    long seconds = Math.round(nanos / 1e9);
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d h", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** Of a clock that counts seconds: as in {@code 12 s}, {@code 2:05 min} or {@code 3 days}. */
  public static String seconds(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 2 * DAY ? duration(seconds * 1_000_000_000L) : seconds / DAY + " days";
  }

  private static String scaled(long number, int base, String[] units) {
    double value = number;
    int unit = 0;
    while (Math.abs(value) >= base && unit < units.length - 1) {
      value /= base;
      unit++;
    }
    int decimals = unit == 0 || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value) + " " + units[unit];
  }
}
