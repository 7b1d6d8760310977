// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import io.memreport.report.html.Suite;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.TimeAxis;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TimelineViewTest {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+");

  @Test
  void everyAreaSpansTheRunAndStaysInside() {
    Plot plot = plot(Suite.guilty());
    assertThat(plot.areas()).hasSize(6);
    for (Plot.Area area : plot.areas()) {
      String steps = area.path().replaceAll(".*l|V\\d+z$", "");
      long[] deltas = numbers(steps);
      int x = 0;
      long y = numbers(area.path().replaceAll("l.*", ""))[2];
      for (int i = 0; i < deltas.length; i += 2) {
        x += (int) deltas[i];
        y += deltas[i + 1];
        assertThat(y).isBetween(0L, (long) Plot.HEIGHT);
      }
      assertThat(x).as(area.label()).isEqualTo(TimeAxis.WIDTH);
    }
  }

  @Test
  void theUppermostLayerReachesRss() {
    Plot plot = plot(Suite.guilty());
    String top = plot.areas().get(0).path();
    assertThat(top.substring(top.indexOf('l'), top.lastIndexOf('V')))
        .isEqualTo(plot.rss().substring(plot.rss().indexOf('l')));
  }

  @Test
  void testsThatTheVerdictNamesKeepTheirOwnBars() {
    List<Lanes.Bar> bars = plot(Suite.guilty()).bars();
    assertThat(bars.stream().filter(Lanes.Bar::guilty).map(Lanes.Bar::anchor))
        .containsExactly("test-cache", "test-stmts", "test-sort", "test-heap");
  }

  @Test
  void tenThousandTestsBecomeFewBars() {
    assertThat(plot(Suite.large(10_000, 1)).bars()).hasSizeLessThan(3_000);
  }

  @Test
  void withoutSamplesThereIsNothingToDraw() {
    PostMortem empty = Suite.empty();
    assertThat(TimelineView.of(empty, new Names(empty))).isNull();
  }

  @Test
  void a_line_that_the_limit_would_strike_has_no_text() {
    long mib = 1 << 20;
    assertThat(Plot.gridOf(437 * mib, null))
        .extracting(Plot.Grid::label)
        .containsExactly("100 MiB", "200 MiB", "300 MiB", "400 MiB");
    assertThat(Plot.gridOf(436 * mib, null))
        .as("it would reach beyond the upper edge")
        .extracting(Plot.Grid::label)
        .containsExactly("100 MiB", "200 MiB", "300 MiB", "");
    assertThat(Plot.gridOf(440 * mib, 256 * mib + 1))
        .extracting(Plot.Grid::label)
        .containsExactly("100 MiB", "200 MiB", "", "400 MiB");
    assertThat(Plot.gridOf(440 * mib, 256 * mib - 1))
        .extracting(Plot.Grid::label)
        .containsExactly("100 MiB", "200 MiB", "300 MiB", "400 MiB");
    assertThat(Plot.gridOf(440 * mib, 300 * mib))
        .as("the limit has a line of its own")
        .extracting(Plot.Grid::label)
        .containsExactly("100 MiB", "200 MiB", "400 MiB");
  }

  @Test
  void a_death_after_the_last_sample_is_drawn_where_it_was() {
    Instant start = Instant.parse("2026-01-02T03:04:05Z");
    for (Ending ending : List.of(Ending.KILLED, Ending.CLEAN)) {
      PostMortem one =
          Diagnosis.of(
              new SomeFacts()
                  .run(ARun.of("run", start.plusSeconds(5)).ending(ending))
                  .sample(ASample.of("run", start).rss(140L << 20))
                  .sample(ASample.of("run", start.plusSeconds(4)).rss(150L << 20))
                  .build());
      TimelineView view = TimelineView.of(one, new Names(one));
      assertThat(view.axis().millis()).isEqualTo(ending == Ending.KILLED ? 5000 : 4000);
      assertThat(view.plots().get(0).endX()).isEqualTo(TimeAxis.WIDTH);
    }
  }

  @Test
  void wide_bars_bear_their_names() {
    PostMortem one =
        Diagnosis.of(
            ASuite.of(ARun.of("run", ASuite.START.plusSeconds(4)).ending(Ending.CLEAN))
                .over("short", 0, 0.199)
                .over("long", 1, 1.2)
                .samples((sample, bytes) -> sample.rss(bytes), 10, 15, 15, 15, 15)
                .build());
    assertThat(plot(one).named()).extracting(Lanes.Bar::text).containsExactly("OrderTest long");
  }

  @Test
  void a_limit_beyond_all_charts_is_said_once() {
    long gib = 1L << 30;
    SomeFacts facts = new SomeFacts();
    for (String run : List.of("a", "b")) {
      facts
          .run(ARun.of(run, ASuite.START).ending(Ending.CLEAN).limit(4 * gib))
          .sample(ASample.of(run, ASuite.START).rss(gib));
    }
    PostMortem two = Diagnosis.of(facts.build());
    assertThat(TimelineView.of(two, new Names(two)).above()).containsExactly("4.00 GiB");
  }

  private static Plot plot(PostMortem postMortem) {
    return TimelineView.of(postMortem, new Names(postMortem)).plots().get(0);
  }

  private static long[] numbers(String text) {
    return NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .mapToLong(Long::parseLong)
        .toArray();
  }
}
