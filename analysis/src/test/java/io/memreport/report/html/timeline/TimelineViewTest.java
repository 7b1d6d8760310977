// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.PostMortem;
import io.memreport.report.html.Suite;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.TimeAxis;
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
    assertThat(Plot.gridOf(400 * mib, null))
        .extracting(Plot.Grid::label)
        .containsExactly("128 MiB", "256 MiB", "384 MiB");
    assertThat(Plot.gridOf(400 * mib, 344 * mib + 1))
        .extracting(Plot.Grid::label)
        .containsExactly("128 MiB", "256 MiB", "");
    assertThat(Plot.gridOf(400 * mib, 344 * mib))
        .extracting(Plot.Grid::label)
        .containsExactly("128 MiB", "256 MiB", "384 MiB");
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
