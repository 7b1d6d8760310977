// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.timeline;

import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestSpan;
import io.memreport.model.memory.MemorySample;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.TimeAxis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Memory over time, a plot per run on one clock and one scale.
 *
 * @param top the bytes at the upper edge of every plot
 */
public record TimelineView(
    TimeAxis axis, long top, List<Plot> plots, List<List<MemorySample>> samples, int runs) {

  /** The most plots that a page shows: those of the runs that held most. */
  private static final int PLOTS = 8;

  /** So many if there are more runs than that: what they held together is a chart of its own. */
  private static final int OF_MANY = 1;

  /** Null where there is nothing to draw. */
  public static TimelineView of(PostMortem postMortem, Names names) {
    Map<String, List<MemorySample>> samples =
        postMortem.timeline().samples().stream()
            .sorted(Comparator.comparing(MemorySample::at))
            .collect(Collectors.groupingBy(MemorySample::runId));
    Map<String, List<TestSpan>> spans =
        postMortem.timeline().spans().stream()
            .filter(span -> samples.containsKey(span.runId()))
            .map(span -> ended(span, samples.get(span.runId())))
            .collect(Collectors.groupingBy(TestSpan::runId));
    List<Run> all =
        postMortem.watched().stream()
            .filter(run -> samples.containsKey(run.id()))
            .distinct()
            .toList();
    if (all.isEmpty()) {
      return null;
    }
    List<Run> runs =
        all.stream()
            .sorted(Comparator.comparingLong(run -> -Plot.highest(run, samples.get(run.id()))))
            .limit(all.size() > PLOTS ? OF_MANY : PLOTS)
            .sorted(Comparator.comparingInt(all::indexOf))
            .toList();
    TimeAxis axis = axis(runs, samples, spans);
    long highest =
        runs.stream().mapToLong(run -> Plot.highest(run, samples.get(run.id()))).max().orElse(1);
    long top = highest + highest / 12;
    List<Plot> plots = new ArrayList<>();
    for (Run run : runs) {
      List<TestSpan> lanes = spans.getOrDefault(run.id(), List.of());
      plots.add(Plot.of(run, samples.get(run.id()), lanes, axis, top, names));
    }
    List<List<MemorySample>> drawn = runs.stream().map(run -> samples.get(run.id())).toList();
    return new TimelineView(axis, top, plots, drawn, all.size());
  }

  /** A test that was still running is drawn to the last sample. */
  public static TestSpan ended(TestSpan span, List<MemorySample> samples) {
    Instant last = samples.get(samples.size() - 1).at();
    Instant to = last.isAfter(span.from()) ? last : span.from();
    return span.to() != null ? span : new TestSpan(span.testId(), span.runId(), span.from(), to);
  }

  private static TimeAxis axis(
      List<Run> runs, Map<String, List<MemorySample>> samples, Map<String, List<TestSpan>> spans) {
    List<Instant> instants =
        runs.stream()
            .flatMap(
                run ->
                    Stream.of(
                            samples.get(run.id()).stream().map(MemorySample::at),
                            spans.getOrDefault(run.id(), List.of()).stream()
                                .flatMap(span -> Stream.of(span.from(), span.to())),
                            // A death after the last sample is drawn where it was.
                            Stream.ofNullable(Plot.died(run) ? run.endedAt() : null))
                        .flatMap(all -> all))
            .sorted()
            .toList();
    return TimeAxis.between(instants.get(0), instants.get(instants.size() - 1));
  }

  /** Limits that no chart has room for. */
  public List<String> above() {
    return plots.stream()
        .filter(plot -> plot.limit().isEmpty() && !plot.limitLabel().isEmpty())
        .map(Plot::limitLabel)
        .distinct()
        .toList();
  }

  /** The kinds that any plot draws, for the legend. */
  public List<Plot.Area> legend() {
    return plots.stream()
        .flatMap(plot -> plot.areas().stream())
        .collect(Collectors.toMap(Plot.Area::key, area -> area, (a, b) -> a))
        .values()
        .stream()
        .sorted(Comparator.comparingInt(area -> MemoryKind.of(area.key()).ordinal()))
        .toList();
  }
}
