// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MapScheduleTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long MEGABYTE = 1 << 20;

  private final MapSchedule schedule = new MapSchedule();

  @Test
  void growthByAnyFactorCostsFewReadings() {
    int readings = 0;
    long now = 0;
    for (long rss = 100 * MEGABYTE; rss < 100_000 * MEGABYTE; rss += 10 * MEGABYTE) {
      now += 50 * MILLISECOND;
      if (schedule.isDue(now, rss, false)) {
        readings++;
        schedule.done(now, now + MILLISECOND, rss);
      }
    }
    // A thousandfold is ln(1000)/ln(1.05) steps; 500 s pass, each 5 s have one.
    assertThat(readings).isBetween(100, 250);
  }

  @Test
  void aDearReadingRestsLonger() {
    schedule.done(0, 100 * MILLISECOND, 100 * MEGABYTE);
    assertThat(schedule.isDue(1000 * MILLISECOND, 200 * MEGABYTE, false)).isFalse();
    assertThat(schedule.isDue(1000 * MILLISECOND, 200 * MEGABYTE, true)).isTrue();
    assertThat(schedule.isDue(2200 * MILLISECOND, 200 * MEGABYTE, false)).isTrue();
  }

  @Test
  void afterATestAReadingIsDueIfMuchHasMoved() {
    schedule.done(0, 10 * MILLISECOND, 100 * MEGABYTE);
    assertThat(schedule.isDueAfterTest(60 * MILLISECOND, 116 * MEGABYTE)).isTrue();
    assertThat(schedule.isDueAfterTest(60 * MILLISECOND, 84 * MEGABYTE)).isTrue();
    assertThat(schedule.isDueAfterTest(60 * MILLISECOND, 115 * MEGABYTE)).isFalse();
    assertThat(schedule.isDueAfterTest(59 * MILLISECOND, 116 * MEGABYTE)).isFalse();
    assertThat(new MapSchedule().isDueAfterTest(60 * MILLISECOND, 116 * MEGABYTE)).isFalse();
  }

  @Test
  void memoryThatDoesNotMoveIsReadNowAndThen() {
    schedule.done(0, MILLISECOND, 100 * MEGABYTE);
    assertThat(schedule.isDue(4000 * MILLISECOND, 101 * MEGABYTE, false)).isFalse();
    assertThat(schedule.isDue(5100 * MILLISECOND, 101 * MEGABYTE, false)).isTrue();
  }
}
