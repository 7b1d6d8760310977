// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the memory samples of a run have gaps: times in which nobody looked, as while the JVM had
 * no memory or no processor. Kept to a tenth of a second, so that a recording of a week takes less
 * than a megabyte.
 */
public final class SampleGaps {
  private static final Pattern PERIOD = Pattern.compile("(?:^|,)sample=(\\d{1,9})(us|ms|s)(?:,|$)");
  private static final Duration DEFAULT_PERIOD = Duration.ofMillis(50);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final int PERIODS = 10;
  private static final int PERIODS_AT_END = 2;
  private static final int NOTED = 5;
  private static final long SLOT_MILLIS = 100;

  /** Samples are read in another order than they were taken: this much before the first one. */
  private static final long EARLIER_SLOTS = 24 * 3600 * 1000 / SLOT_MILLIS;

  private final BitSet sampled = new BitSet();
  private Duration period = DEFAULT_PERIOD;
  private long origin;
  private Instant last;

  /** The options of the run, as the agent's argument would set them. */
  public void options(String rendered) {
    Matcher found = rendered == null ? null : PERIOD.matcher(rendered);
    if (found != null && found.find()) {
      long number = Long.parseLong(found.group(1));
      period =
          switch (found.group(2)) {
            case "us" -> Duration.ofNanos(number * 1000);
            case "ms" -> Duration.ofMillis(number);
            default -> Duration.ofSeconds(number);
          };
    }
  }

  public void add(Instant at) {
    long slot = at.toEpochMilli() / SLOT_MILLIS;
    if (last == null) {
      origin = slot - EARLIER_SLOTS;
    }
    if (slot >= origin && slot - origin < Integer.MAX_VALUE) {
      sampled.set((int) (slot - origin));
    }
    if (last == null || at.isAfter(last)) {
      last = at;
    }
  }

  /**
   * What a reader must know of them.
   *
   * @param end the last that is known of the run, if it broke off; else null
   */
  public List<String> notes(String runId, Instant end) {
    List<Gap> gaps = gaps();
    List<String> notes = new ArrayList<>();
    for (Gap gap : gaps.subList(0, Math.min(gaps.size(), NOTED))) {
      notes.add(
          "No memory sample of %s for %s from %s on: what it held meanwhile is unknown"
              .formatted(runId, seconds(gap.length()), gap.from()));
    }
    if (gaps.size() > NOTED) {
      notes.add(
          "%s has %d more gaps of more than %s between memory samples"
              .formatted(runId, gaps.size() - NOTED, seconds(shortest())));
    }
    Duration age = end == null || last == null ? Duration.ZERO : Duration.between(last, end);
    if (age.compareTo(period.multipliedBy(PERIODS_AT_END)) > 0) {
      notes.add(
          "The last memory sample of %s was taken %s before its end: what is said of its memory at the end is as of then"
              .formatted(runId, seconds(age)));
    }
    return notes;
  }

  private record Gap(Instant from, Duration length) {}

  private Duration shortest() {
    Duration some = period.multipliedBy(PERIODS);
    return some.compareTo(SHORTEST) > 0 ? some : SHORTEST;
  }

  private List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    int from = sampled.nextSetBit(0);
    while (from >= 0) {
      int next = sampled.nextSetBit(from + 1);
      Duration length = Duration.ofMillis((next - from) * SLOT_MILLIS);
      if (next > 0 && length.compareTo(shortest()) > 0) {
        gaps.add(new Gap(Instant.ofEpochMilli((origin + from) * SLOT_MILLIS), length));
      }
      from = next;
    }
    return gaps;
  }

  static String seconds(Duration length) {
    return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
  }
}
