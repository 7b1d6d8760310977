// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.model.memory.MemorySample;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Svg;
import io.memreport.report.html.part.TimeAxis;
import io.memreport.report.html.timeline.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the forks held together against their limit, drawn like a {@link Plot}. Areas come in
 * painting order.
 *
 * @param charged the line of what was charged to their cgroup, empty if that is not known
 * @param limit percent from the top, empty for none
 */
public record ForkChart(
    TimeAxis axis,
    List<Area> areas,
    String charged,
    String limit,
    String limitLabel,
    List<Plot.Grid> grid,
    String most) {

  /** A fork's part. */
  public record Area(String label, String colour, String path) {}

  /**
   * Draws it.
   *
   * @param labels of the forks that have a colour; those behind them are one area on top
   * @param runs samples of each fork, the lowest one first
   */
  static ForkChart of(
      List<String> labels, List<List<MemorySample>> runs, Long limitBytes, TimeAxis axis) {
    List<ForkTotal> totals = ForkTotal.of(runs, axis);
    long most = totals.stream().mapToLong(ForkTotal::sum).max().orElse(0);
    long charged =
        totals.stream()
            .map(ForkTotal::charged)
            .filter(Objects::nonNull)
            .mapToLong(bytes -> bytes)
            .max()
            .orElse(0);
    long highest = Math.max(Math.max(most, charged), 1);
    boolean drawn = limitBytes != null && limitBytes <= 2 * highest;
    long top = Math.max(highest, drawn ? limitBytes : 0) * 13 / 12;
    int[] x = totals.stream().mapToInt(total -> axis.x(total.at())).toArray();
    List<Area> areas = new ArrayList<>();
    int others = runs.size() - labels.size();
    if (others > 0) {
      String text = others == 1 ? "1 other" : others + " others";
      int[] y = upTo(totals, runs.size() - 1, top);
      areas.add(new Area(text, ForkColours.OF_OTHERS, Svg.area(x, y, Plot.HEIGHT)));
    }
    for (int i = labels.size() - 1; i >= 0; i--) {
      areas.add(
          new Area(
              labels.get(i), ForkColours.of(i), Svg.area(x, upTo(totals, i, top), Plot.HEIGHT)));
    }
    return new ForkChart(
        axis,
        areas,
        charged(totals, axis, top),
        drawn ? Svg.percent(100.0 - 100.0 * limitBytes / top) : "",
        limitBytes == null ? "" : Measure.bytes(limitBytes).text(),
        Plot.gridOf(top, drawn ? limitBytes : null),
        Measure.bytes(most).text());
  }

  private static int[] upTo(List<ForkTotal> totals, int run, long top) {
    int[] y = new int[totals.size()];
    for (int i = 0; i < y.length; i++) {
      long sum = 0;
      for (int j = 0; j <= run; j++) {
        sum += totals.get(i).held()[j];
      }
      y[i] = y(sum, top);
    }
    return y;
  }

  private static String charged(List<ForkTotal> totals, TimeAxis axis, long top) {
    List<ForkTotal> known = totals.stream().filter(total -> total.charged() != null).toList();
    return known.size() < 2
        ? ""
        : Svg.line(
            known.stream().mapToInt(total -> axis.x(total.at())).toArray(),
            known.stream().mapToInt(total -> y(total.charged(), top)).toArray());
  }

  private static int y(long bytes, long top) {
    return Plot.HEIGHT - (int) Math.round((double) Plot.HEIGHT * bytes / top);
  }
}
