// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.box.BoxSample;
import io.memreport.model.memory.MemorySample;
import io.memreport.recorder.box.BoxGauge;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleSeriesTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private final SampleSeries series = new SampleSeries();

  @Test
  void few_samples_stay_as_they_are_in_the_order_of_time() {
    add(2, 20);
    add(0, 5);
    add(1, 10);
    assertThat(series.thinned("run"))
        .extracting(MemorySample::rssBytes)
        .containsExactly(5L, 10L, 20L);
    assertThat(series.thinned("run")).extracting(MemorySample::runId).containsOnly("run");
    assertThat(series.lastAt()).isEqualTo(START.plusMillis(2));
  }

  @Test
  void however_many_come_no_peak_and_no_valley_is_lost() {
    int many = 50_000;
    for (int i = 0; i < many; i++) {
      add(i, i == 12_345 ? 9000 : i == 34_567 ? 1 : 500 + i % 3);
    }
    List<MemorySample> thinned = series.thinned("run");
    assertThat(thinned).hasSizeLessThanOrEqualTo(2000).hasSizeGreaterThan(900);
    assertThat(thinned).extracting(MemorySample::rssBytes).contains(9000L, 1L);
    assertThat(thinned).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(thinned.get(0).at()).isBefore(START.plusMillis(many / 500));
  }

  @Test
  void as_many_as_a_chart_shows_are_not_thinned() {
    for (int i = 0; i < 2000; i++) {
      add(i, i);
    }
    assertThat(series.thinned("run")).hasSize(2000);
    add(2000, 2000);
    assertThat(series.thinned("run")).hasSizeLessThan(2000);
  }

  @Test
  void used_heap_stands_in_where_resident_heap_is_unknown() {
    series.add(new BoxSample(START, 0, Map.of(BoxGauge.HEAP_USED, 7L)), null);
    series.add(
        new BoxSample(
            START.plusMillis(1),
            0,
            Map.of(BoxGauge.RSS, 100L, BoxGauge.HEAP_USED, 7L, BoxGauge.HEAP_RESIDENT, 9L)),
        null);
    assertThat(series.thinned("run"))
        .extracting(MemorySample::javaHeapBytes)
        .containsExactly(7L, 9L);
    assertThat(series.thinned("run"))
        .extracting(MemorySample::javaHeapUsedBytes)
        .containsExactly(7L, 7L);
  }

  private void add(int millis, long rss) {
    add(millis, rss, null);
  }

  private void add(int millis, long rss, Long elsewhere) {
    series.add(new BoxSample(START.plusMillis(millis), 0, Map.of(BoxGauge.RSS, rss)), elsewhere);
  }

  @Test
  void what_others_map_too_holds_until_it_is_known_anew() {
    add(3, 13, 5L);
    add(2, 12);
    add(0, 10);
    add(4, 4);
    add(1, 11, 2L);
    assertThat(series.thinned("run"))
        .extracting(MemorySample::mappedElsewhereBytes)
        .containsExactly(null, 2L, 2L, 5L, 5L);
    assertThat(series.thinned("run"))
        .extracting(MemorySample::shareOfBytes)
        .containsExactly(10L, 9L, 10L, 8L, 0L);
  }
}
