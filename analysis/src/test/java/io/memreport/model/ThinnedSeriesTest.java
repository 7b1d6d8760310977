// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ASample;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.PressureSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chart of the thinned series looks as one of all. */
class ThinnedSeriesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private static MemorySample sample(String run, int second, long rss, Long sqlite, Long limit) {
    return ASample.of(run, NOON.plusSeconds(second))
        .rss(rss)
        .sqlite(sqlite)
        .cgroup(null, limit)
        .build();
  }

  private static Timeline timeline(List<MemorySample> samples) {
    return new Timeline(samples, List.of());
  }

  @Test
  void what_a_chart_has_room_for_stays_as_it_is() {
    List<MemorySample> samples = new ArrayList<>();
    for (int i = 0; i < ThinnedSeries.MOST; i++) {
      samples.add(sample("run", i, i, null, null));
    }
    assertThat(timeline(samples).thinned().samples()).isEqualTo(samples);
  }

  @Test
  void of_more_the_first_the_last_and_every_peak_stay() {
    List<MemorySample> samples = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      long rss = i == 7_777 ? 9_000 : i == 3_333 ? 1 : 500 + i % 100;
      samples.add(sample("run", i, rss, i == 5_001 ? 4_000L : 10L, i == 6_003 ? 5L : 50L));
    }
    List<MemorySample> kept = timeline(samples).thinned().samples();
    assertThat(kept).hasSizeBetween(ThinnedSeries.MOST - 100, ThinnedSeries.MOST + 20);
    assertThat(kept)
        .contains(
            samples.get(0),
            samples.get(9_999),
            samples.get(7_777),
            samples.get(3_333),
            samples.get(5_001),
            samples.get(6_003));
    assertThat(kept).isSortedAccordingTo(Comparator.comparing(MemorySample::at));
    for (int from = 0; from < 10_000; from += 100) {
      int begin = from;
      assertThat(kept)
          .as("something of each hundredth")
          .anyMatch(
              s ->
                  !s.at().isBefore(NOON.plusSeconds(begin))
                      && s.at().isBefore(NOON.plusSeconds(begin + 100)));
    }
  }

  @Test
  void many_runs_share_the_room_but_each_has_some() {
    List<MemorySample> samples = new ArrayList<>();
    for (int run = 0; run < 20; run++) {
      for (int i = 0; i < 500; i++) {
        samples.add(sample("run-" + run, i, i * 31L % 17, null, null));
      }
    }
    List<MemorySample> kept = timeline(samples).thinned().samples();
    for (int run = 0; run < 20; run++) {
      String id = "run-" + run;
      assertThat(kept.stream().filter(s -> s.runId().equals(id)).count()).isBetween(50L, 64L);
    }
  }

  @Test
  void cgroups_and_pressure_are_thinned_alike_and_keep_their_last() {
    List<CgroupSample> cgroups = new ArrayList<>();
    List<PressureSample> pressure = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      Instant at = NOON.plusSeconds(i);
      cgroups.add(
          new CgroupSample(
              "run",
              at,
              (long) i % 50,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              List.of()));
      pressure.add(new PressureSample("run", at, null, i == 1_234 ? 99.0 : i % 7, null, null));
    }
    Timeline thinned = new Timeline(List.of(), List.of(), cgroups, pressure).thinned();
    assertThat(thinned.cgroups()).hasSizeLessThan(700).contains(cgroups.get(2_999));
    assertThat(thinned.pressure()).hasSizeLessThan(700).contains(pressure.get(1_234));
  }
}
