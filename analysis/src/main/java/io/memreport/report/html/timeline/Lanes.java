// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.timeline;

import io.memreport.model.TestSpan;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.TimeAxis;
import io.memreport.report.html.part.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tests as bars under a plot. Tests at the same time lie in lanes of their own; bars too narrow to
 * be seen apart, and those beyond the last lane, are drawn as one, except those that the verdict
 * names.
 */
public final class Lanes {
  private static final int MOST = 6;
  private static final int NARROW = TimeAxis.WIDTH / 400;

  private final TimeAxis axis;
  private final Names names;
  private final List<Lane> lanes = new ArrayList<>();

  /** A bar; {@code anchor} is the row of its only or first test. */
  public record Bar(int lane, int x, int width, String anchor, String text, boolean guilty) {}

  private static final class Lane {
    final List<Bar> bars = new ArrayList<>();
    Instant until;
    int merged = 1;
  }

  private Lanes(TimeAxis axis, Names names) {
    this.axis = axis;
    this.names = names;
  }

  public static List<Bar> of(List<TestSpan> spans, TimeAxis axis, Names names) {
    Lanes lanes = new Lanes(axis, names);
    spans.stream()
        .sorted(Comparator.comparing(TestSpan::from).thenComparing(TestSpan::to))
        .forEach(lanes::add);
    return lanes.lanes.stream().flatMap(lane -> lane.bars.stream()).toList();
  }

  private void add(TestSpan span) {
    int index = free(span);
    Lane lane = lanes.get(index);
    boolean crowded = lane.until != null && span.from().isBefore(lane.until);
    Link link = names.link(Names.TEST, span.testId());
    boolean guilty = names.guilty(span.testId());
    int from = axis.x(span.from());
    int width = Math.max(axis.x(span.to()) - from, guilty ? NARROW : 1);
    lane.until = crowded && lane.until.isAfter(span.to()) ? lane.until : span.to();
    Bar before = lane.bars.isEmpty() ? null : lane.bars.get(lane.bars.size() - 1);
    if (before != null && merges(before, from, width, guilty, crowded)) {
      lane.merged++;
      int both = Math.max(before.width(), from + width - before.x());
      String text = lane.merged + " tests";
      Bar bar = new Bar(index, before.x(), both, before.anchor(), text, false);
      lane.bars.set(lane.bars.size() - 1, bar);
      return;
    }
    lane.merged = 1;
    String text = link == null ? VisibleText.label(span.testId()) : link.text();
    lane.bars.add(new Bar(index, from, width, link == null ? "" : link.anchor(), text, guilty));
  }

  private static boolean merges(Bar before, int from, int width, boolean guilty, boolean crowded) {
    boolean narrow = width < NARROW && from + width - before.x() < NARROW;
    return !guilty && !before.guilty() && (narrow || crowded);
  }

  private int free(TestSpan span) {
    for (int i = 0; i < lanes.size(); i++) {
      if (!span.from().isBefore(lanes.get(i).until)) {
        return i;
      }
    }
    if (lanes.size() < MOST) {
      lanes.add(new Lane());
      return lanes.size() - 1;
    }
    return MOST - 1;
  }
}
