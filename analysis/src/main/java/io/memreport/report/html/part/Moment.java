// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import io.memreport.diagnosis.words.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as text: always UTC, whatever this machine's zone. */
public final class Moment {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Moment() {}

  public static String utc(Instant instant) {
    return instant == null ? "unknown" : UTC.format(instant);
  }

  /** As {@code +1.25 s (2026-01-02 03:04:05.678 UTC)}, the offset counted from {@code start}. */
  public static String since(Instant start, Instant instant) {
    if (start == null || instant == null) {
      return utc(instant);
    }
    Duration offset = Duration.between(start, instant);
    if (offset.isZero()) {
      return "+0 s (" + utc(instant) + ")";
    }
    String sign = offset.isNegative() ? "−" : "+";
    return sign + Units.duration(offset.abs().toNanos()) + " (" + utc(instant) + ")";
  }
}
