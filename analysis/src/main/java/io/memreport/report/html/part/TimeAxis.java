// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The time that all plots share. Across it a chart is {@value #WIDTH} units wide. */
public record TimeAxis(Instant from, long millis) {
  public static final int WIDTH = 10_000;

  private static final int TICKS = 6;
  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long[] STEPS = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR
  };
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** A labelled instant; {@code percent} of the width. */
  public record Tick(String percent, String anchor, String offset, String clock) {}

  public static TimeAxis between(Instant from, Instant to) {
    return new TimeAxis(from, Math.max(1, ChronoUnit.MILLIS.between(from, to)));
  }

  /** Where an instant lies, from 0 to {@value #WIDTH}. */
  public int x(Instant at) {
    long micros = ChronoUnit.MICROS.between(from, at);
    return (int)
        Math.min(WIDTH, Math.max(0, Math.round((double) micros * WIDTH / (millis * 1000.0))));
  }

  public String start() {
    return Moment.utc(from);
  }

  public long epochMillis() {
    return from.toEpochMilli();
  }

  /** The distances between ticks that are round in clock time, for the script. */
  public String steps() {
    return Arrays.stream(STEPS).mapToObj(Long::toString).collect(Collectors.joining(" "));
  }

  public List<Tick> ticks() {
    long step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && millis / STEPS[i] <= TICKS; i--) {
      step = STEPS[i];
    }
    List<Tick> ticks = new ArrayList<>();
    for (long at = 0; at <= millis && ticks.size() <= 2 * TICKS; at += step) {
      double percent = 100.0 * at / millis;
      String anchor = percent < 4 ? "start" : percent > 96 ? "end" : "middle";
      ticks.add(
          new Tick(Svg.percent(percent), anchor, offset(at), CLOCK.format(from.plusMillis(at))));
    }
    return ticks;
  }

  /** Every second one, for a chart that may be narrow. */
  public List<Tick> few() {
    List<Tick> all = ticks();
    return IntStream.range(0, all.size()).filter(i -> i % 2 == 0).mapToObj(all::get).toList();
  }

  /** As {@code 250 ms}, {@code 1.5 s}, {@code 2:30 min} or {@code 1:02:30 h} after the start. */
  private static String offset(long millis) {
    if (millis == 0) {
      return "0";
    }
    if (millis < SECOND) {
      return "+" + millis + " ms";
    }
    if (millis < MINUTE) {
      String tenths = millis % SECOND == 0 ? "" : "." + millis % SECOND / 100;
      return "+" + millis / SECOND + tenths + " s";
    }
    String seconds = String.format(Locale.ROOT, ":%02d", millis / SECOND % 60);
    return millis < HOUR
        ? "+" + millis / MINUTE + seconds + " min"
        : "+"
            + millis / HOUR
            + String.format(Locale.ROOT, ":%02d", millis / MINUTE % 60)
            + seconds
            + " h";
  }
}
