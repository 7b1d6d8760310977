// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.timeline;

import io.memreport.model.Run;
import io.memreport.model.TestSpan;
import io.memreport.model.memory.MemorySample;
import io.memreport.report.html.part.ByteTicks;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.Svg;
import io.memreport.report.html.part.TimeAxis;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.EndingWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Memory of one run over time, drawn on {@value TimeAxis#WIDTH} by {@value #HEIGHT} units with 0 at
 * the bottom. Areas come in painting order: each covers the lower part of the one before. {@code
 * death} says how and when it ended, empty if it did in peace.
 */
public record Plot(
    String run,
    String ending,
    List<Area> areas,
    String rss,
    String limit,
    String limitLabel,
    int endX,
    String death,
    List<Grid> grid,
    List<Lanes.Bar> bars,
    int lanes,
    List<Peak> peaks,
    String summary) {

  public static final int HEIGHT = 10_000;
  private static final long MIB = 1024 * 1024;

  /** A name has room on a twentieth of the width. */
  private static final int NAMED = TimeAxis.WIDTH / 20;

  /** So many texts would fill the height. */
  private static final int ROOM = 10;

  /** And so many lines of text, which stands on its line. */
  private static final int ABOVE = 12;

  /** A kind's area; {@code path} reaches down to 0. */
  public record Area(String key, String label, String colour, String path) {}

  /** A line at a round number of bytes; {@code percent} from the top; the label may be empty. */
  public record Grid(String percent, String label) {}

  /** How much of a kind there was first, at most and last. */
  public record Peak(
      String key,
      String colour,
      String label,
      Measure first,
      Measure most,
      String at,
      Measure last) {}

  static Plot of(
      Run run,
      List<MemorySample> samples,
      List<TestSpan> spans,
      TimeAxis axis,
      long top,
      Names names) {
    Stack stack = new Stack(samples);
    int[] x = samples.stream().mapToInt(sample -> axis.x(sample.at())).toArray();
    List<Area> areas = new ArrayList<>();
    List<MemoryKind> kinds = stack.kinds();
    for (int i = kinds.size() - 1; i >= 0; i--) {
      MemoryKind kind = kinds.get(i);
      int[] y = scale(stack.upTo(kind), top);
      areas.add(new Area(kind.key(), kind.label, kind.colour, Svg.area(x, y, HEIGHT)));
    }
    Long limit = stack.limit() == null ? run.limitBytes() : stack.limit();
    boolean drawn = limit != null && limit <= top;
    List<Lanes.Bar> bars = Lanes.of(spans, axis, names);
    List<Peak> peaks = Peaks.of(samples, stack, axis);
    return new Plot(
        VisibleText.label(run.id()),
        EndingWords.of(run.ending()),
        areas,
        rss(samples, x, top),
        drawn ? Svg.percent(100.0 - 100.0 * limit / top) : "",
        limit == null ? "" : Measure.bytes(limit).text(),
        run.endedAt() == null
            ? axis.x(samples.get(samples.size() - 1).at())
            : axis.x(run.endedAt()),
        death(run, axis),
        gridOf(top, drawn ? limit : null),
        bars,
        bars.stream().mapToInt(Lanes.Bar::lane).max().orElse(-1) + 1,
        peaks,
        Peaks.summary(peaks));
  }

  private static String death(Run run, TimeAxis axis) {
    return died(run) && run.endedAt() != null
        ? EndingWords.of(run.ending()) + " at " + Moment.since(axis.from(), run.endedAt())
        : "";
  }

  /** The bars that are wide enough to bear a name, on all pages but those of phones. */
  public List<Lanes.Bar> named() {
    return bars.stream().filter(bar -> bar.width() >= NAMED).toList();
  }

  static boolean died(Run run) {
    return switch (run.ending()) {
      case KILLED, JAVA_OOM, ABORT -> true;
      case CLEAN, RUNNING, UNKNOWN -> false;
    };
  }

  /** The highest value that a plot of these samples must show. */
  static long highest(Run run, List<MemorySample> samples) {
    long most = MIB;
    for (MemorySample sample : samples) {
      most = Math.max(most, Math.max(Reasons.orZero(sample.rssBytes()), Stack.sum(sample)));
    }
    Long limit = Objects.requireNonNullElse(run.limitBytes(), 0L);
    return limit > 0 && limit <= 2 * most ? Math.max(most, limit) : most;
  }

  private static String rss(List<MemorySample> samples, int[] x, long top) {
    if (samples.stream().anyMatch(sample -> sample.rssBytes() == null)) {
      return "";
    }
    long[] rss = samples.stream().mapToLong(MemorySample::rssBytes).toArray();
    return Svg.line(x, scale(rss, top));
  }

  private static int[] scale(long[] bytes, long top) {
    int[] y = new int[bytes.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = HEIGHT - (int) Math.round((double) HEIGHT * bytes[i] / top);
    }
    return y;
  }

  /**
   * Lines at round figures.
   *
   * <p>What would reach beyond the upper edge has no text.
   *
   * @param limit that is drawn, or null: what would touch its line or its text has no text
   */
  public static List<Grid> gridOf(long top, Long limit) {
    long step = ByteTicks.step(top, limit);
    List<Grid> grid = new ArrayList<>();
    for (long at = step; at < top; at += step) {
      if (limit == null || at != limit) {
        boolean touches =
            top - at < top / ABOVE || limit != null && Math.abs(at - limit) < top / ROOM;
        grid.add(
            new Grid(Svg.percent(100.0 - 100.0 * at / top), touches ? "" : ByteTicks.label(at)));
      }
    }
    return grid;
  }
}
