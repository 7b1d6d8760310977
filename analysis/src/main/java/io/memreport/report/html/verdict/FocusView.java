// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.verdict;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Cause;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Svg;
import io.memreport.report.html.part.TimeAxis;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.html.timeline.Lanes;
import io.memreport.report.html.timeline.Plot;
import io.memreport.report.html.timeline.TimelineView;
import java.util.List;
import java.util.Objects;

/**
 * The curve of the run that the verdict is about, with what it is about in a strong colour.
 *
 * @param key the kind of memory that it is about, empty for none in particular
 * @param spans when the tests that are named ran
 * @param death where it died, in percent of the width; empty if it did not
 */
public record FocusView(
    Plot plot, TimeAxis axis, String key, String kind, List<Span> spans, String death) {

  private static final double HUNDRED = 100.0;

  /** Narrower ones are not seen. */
  private static final double LEAST = 0.4;

  /** A text beside a span has room to the right of one third, to the left of the other. */
  private static final double THIRD = HUNDRED / 3;

  /** As wide as a phone has room for. */
  private static final int NAME = 36;

  /** In percent of the width; the text stands at {@code at}. */
  public record Span(String x, String width, String at, String anchor, String text) {}

  /** Null where there is nothing to draw. */
  static FocusView of(PostMortem postMortem, TimelineView timeline, Names names) {
    if (timeline == null) {
      return null;
    }
    Plot plot = plot(postMortem, timeline, names);
    MemoryKind kind = kind(postMortem.verdict().cause());
    boolean drawn =
        kind != null && plot.areas().stream().anyMatch(area -> area.key().equals(kind.key()));
    return new FocusView(
        plot,
        timeline.axis(),
        drawn ? kind.key() : "",
        drawn ? kind.label : "",
        plot.bars().stream().filter(Lanes.Bar::guilty).map(FocusView::span).toList(),
        plot.death().isEmpty() ? "" : percent(plot.endX()));
  }

  private static Plot plot(PostMortem postMortem, TimelineView timeline, Names names) {
    String run = postMortem.kills().isEmpty() ? null : postMortem.kills().get(0).runId();
    String anchor = run == null ? null : Objects.requireNonNull(names.link(Names.RUN, run)).text();
    return timeline.plots().stream()
        .filter(plot -> plot.run().equals(anchor))
        .findFirst()
        .or(
            () ->
                timeline.plots().stream()
                    .filter(plot -> plot.bars().stream().anyMatch(Lanes.Bar::guilty))
                    .findFirst())
        .orElse(timeline.plots().get(0));
  }

  private static Span span(Lanes.Bar bar) {
    double from = HUNDRED * bar.x() / TimeAxis.WIDTH;
    double width = Math.max(LEAST, HUNDRED * bar.width() / TimeAxis.WIDTH);
    double middle = from + width / 2;
    boolean left = middle < THIRD;
    boolean right = middle > 2 * THIRD;
    return new Span(
        Svg.percent(Math.min(from, HUNDRED - LEAST)),
        Svg.percent(width),
        Svg.percent(left ? from : right ? Math.min(HUNDRED, from + width) : middle),
        left ? "start" : right ? "end" : "middle",
        VisibleText.shorten(bar.text(), NAME));
  }

  private static String percent(int x) {
    return Svg.percent(HUNDRED * x / TimeAxis.WIDTH);
  }

  private static MemoryKind kind(Cause cause) {
    return switch (cause) {
      case SQLITE_PAGE_CACHE, SQLITE_SORT, SQLITE_STATEMENTS, SQLITE_MEMORY_DB, SQLITE_WAL ->
          MemoryKind.SQLITE;
      case JAVA_HEAP -> MemoryKind.JAVA_HEAP;
      case DIRECT_BUFFERS -> MemoryKind.DIRECT;
      case METASPACE -> MemoryKind.METASPACE;
      case THREADS -> MemoryKind.THREAD_STACKS;
      case SHARED_MEMORY -> MemoryKind.SHARED;
      // Of native memory with unknown owner no single curve tells.
      case NATIVE_OTHER, CHILD_PROCESSES, PARALLEL_FORKS, OTHER_PROCESS, NONE, UNKNOWN -> null;
    };
  }
}
