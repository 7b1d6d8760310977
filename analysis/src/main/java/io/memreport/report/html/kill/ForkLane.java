// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.Run;
import io.memreport.model.TestSpan;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Svg;
import io.memreport.report.html.part.TimeAxis;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.html.timeline.Lanes;
import java.time.Instant;
import java.util.List;

/**
 * The life of one fork under the chart, with its tests. {@code top} and {@code height} are pixels,
 * {@code death} is the percentage of the width at which it died, empty if it did not.
 */
public record ForkLane(
    String text,
    String colour,
    int top,
    int height,
    int x,
    int width,
    String death,
    List<Lanes.Bar> bars) {

  static final int TEXT = 15;
  static final int BAR = 10;
  private static final int GAP = 6;

  static ForkLane of(
      Run run, String ending, int position, int top, List<TestSpan> spans, ForkSpan life) {
    List<Lanes.Bar> bars = Lanes.of(spans, life.axis(), life.names());
    int lanes = bars.stream().mapToInt(Lanes.Bar::lane).max().orElse(0) + 1;
    int from = life.axis().x(life.from());
    int to = life.axis().x(life.to());
    return new ForkLane(
        VisibleText.label(run.id()) + ", " + ending,
        ForkColours.of(position),
        top,
        TEXT + lanes * BAR + GAP,
        from,
        Math.max(1, to - from),
        life.died() ? Svg.percent(100.0 * to / TimeAxis.WIDTH) : "",
        bars);
  }

  /** From when to when a fork lived, on the clock of the chart. */
  record ForkSpan(TimeAxis axis, Names names, Instant from, Instant to, boolean died) {}
}
