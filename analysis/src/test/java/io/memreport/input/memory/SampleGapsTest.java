// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SampleGapsTest {
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  private final SampleGaps gaps = new SampleGaps();

  @Test
  void a_gap_of_more_than_a_second_is_noted_with_its_length() {
    sample(0, 10_000, 50);
    sample(22_000, 30_000, 50);
    assertThat(gaps.notes("run", null))
        .singleElement()
        .asString()
        .contains("run", "12.0 s", "2024-05-01T12:00:10Z");
  }

  @Test
  void a_second_is_none() {
    sample(0, 1_000, 50);
    sample(2_000, 3_000, 50);
    assertThat(gaps.notes("run", null)).isEmpty();
    sample(4_100, 5_000, 50);
    assertThat(gaps.notes("run", null)).hasSize(1);
  }

  @Test
  void with_a_longer_period_it_takes_ten_of_them() {
    gaps.options("out=x,sample=500ms,sql=raw");
    sample(0, 10_000, 500);
    sample(15_000, 20_000, 500);
    assertThat(gaps.notes("run", null)).isEmpty();
    sample(25_200, 30_000, 500);
    assertThat(gaps.notes("run", null)).hasSize(1);
  }

  @Test
  void periods_have_a_unit() {
    gaps.options("sample=2s");
    sample(0, 40_000, 20_000);
    assertThat(gaps.notes("run", null)).isEmpty();
    gaps.options("sample=200000us");
    assertThat(gaps.notes("run", null)).hasSize(2);
    sample(41_500, 50_000, 500);
    assertThat(gaps.notes("run", null)).as("ten periods are two seconds").hasSize(2);
    gaps.options("sample=often");
    gaps.options(null);
    assertThat(gaps.notes("run", null)).hasSize(2);
  }

  @Test
  void it_does_not_matter_in_which_order_samples_are_read() {
    sample(60_000, 60_000, 50);
    sample(0, 59_950, 50);
    assertThat(gaps.notes("run", null)).isEmpty();
  }

  @Test
  void many_gaps_are_summed_up() {
    for (int i = 0; i < 8; i++) {
      sample(i * 5_000L, i * 5_000L, 50);
    }
    assertThat(gaps.notes("run", null)).hasSize(6).last().asString().contains("has 2 more gaps");
  }

  @Test
  void five_gaps_are_told_one_by_one() {
    for (int i = 0; i < 6; i++) {
      sample(i * 5_000L, i * 5_000L, 50);
    }
    assertThat(gaps.notes("run", null)).hasSize(5).allMatch(note -> note.startsWith("No memory"));
  }

  /** Of two recordings the later one may be read first. */
  @Test
  void samples_of_the_day_before_the_first_one_count_and_older_ones_do_not() {
    sample(0, 500, 50);
    gaps.add(NOON.minusSeconds(24 * 3600).minusMillis(100));
    assertThat(gaps.notes("run", null)).isEmpty();
    gaps.add(NOON.minusSeconds(24 * 3600));
    assertThat(gaps.notes("run", null)).singleElement().asString().contains("86400.0 s");
  }

  @Test
  void a_last_sample_that_is_older_than_two_periods_is_noted() {
    sample(0, 1_000, 50);
    assertThat(gaps.notes("run", NOON.plusMillis(1_100))).isEmpty();
    assertThat(gaps.notes("run", NOON.plusMillis(3_500)))
        .singleElement()
        .asString()
        .contains("2.5 s before its end");
  }

  @Test
  void nothing_is_said_without_samples() {
    assertThat(gaps.notes("run", NOON)).isEmpty();
  }

  private void sample(long from, long to, long step) {
    for (long at = from; at <= to; at += step) {
      gaps.add(NOON.plusMillis(at));
    }
  }
}
