// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.kill;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.Kill;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestSpan;
import io.memreport.model.memory.ForkShare;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.MemorySample;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.Svg;
import io.memreport.report.html.part.TimeAxis;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.html.timeline.TimelineView;
import io.memreport.report.words.VerdictWords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several JVMs under one limit.
 *
 * @param chart null if there is nothing to draw
 * @param others how many of the forks it shows as one
 */
public record ForksView(
    String sentence,
    String fit,
    List<Row> rows,
    List<Link> apart,
    ForkChart chart,
    List<ForkLane> lanes,
    List<Death> deaths,
    int others) {

  private static final int DRAWN = 12;

  /** Of more forks the table alone tells each life. */
  private static final int LANES = 8;

  /** One fork when the first of them died. */
  public record Row(
      Link run,
      String colour,
      String pid,
      Measure held,
      Measure peak,
      List<Link> tests,
      boolean died,
      String ending) {}

  /** A death in percent of the width of the chart, and what is said of it. */
  public record Death(String at, String text) {}

  /** Null if no runs shared a limit when one died. */
  public static ForksView of(PostMortem postMortem, Names names) {
    return postMortem.forks() == null ? null : new Builder(postMortem, names).view();
  }

  private static final class Builder {
    private final PostMortem postMortem;
    private final Forks forks;
    private final Names names;
    private final Map<String, Run> runs;
    private final Map<String, Kill> kills;
    private final List<ForkShare> ordered;

    Builder(PostMortem postMortem, Names names) {
      this.postMortem = postMortem;
      this.forks = postMortem.forks();
      this.names = names;
      this.runs =
          postMortem.runs().stream().collect(Collectors.toMap(Run::id, run -> run, (a, b) -> a));
      this.kills =
          postMortem.kills().stream()
              .collect(Collectors.toMap(Kill::runId, kill -> kill, (a, b) -> a));
      this.ordered =
          forks.shares().stream()
              .sorted(Comparator.comparing(share -> !share.runId().equals(forks.victim())))
              .toList();
    }

    ForksView view() {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < ordered.size(); i++) {
        rows.add(row(ordered.get(i), i));
      }
      rows.sort(Comparator.comparingLong((Row row) -> -Reasons.orZero(row.held().value())));
      List<ForkShare> drawn =
          ordered.stream()
              .filter(share -> runs.containsKey(share.runId()) && !samples(share).isEmpty())
              .toList();
      TimeAxis axis = axis(drawn);
      ForkChart chart =
          axis == null
              ? null
              : ForkChart.of(
                  drawn.stream()
                      .limit(DRAWN)
                      .map(share -> VisibleText.label(share.runId()))
                      .toList(),
                  drawn.stream().map(this::samples).toList(),
                  forks.limitBytes(),
                  axis);
      return new ForksView(
          sentence(),
          fit(),
          rows,
          names.links(Names.TEST, forks.apart()),
          chart,
          chart == null || ordered.size() > LANES ? List.of() : lanes(drawn, axis),
          chart == null ? List.of() : deaths(drawn, axis),
          Math.max(0, drawn.size() - DRAWN));
    }

    private List<Death> deaths(List<ForkShare> drawn, TimeAxis axis) {
      return drawn.stream()
          .filter(share -> kills.containsKey(share.runId()))
          .map(
              share ->
                  new Death(
                      Svg.percent(100.0 * axis.x(to(share)) / TimeAxis.WIDTH),
                      VisibleText.label(share.runId()) + ", " + ending(share)))
          .toList();
    }

    private String sentence() {
      return forks.shares().size()
          + " JVMs were alive when the first of them died. Together they held "
          + Units.bytes(forks.sumBytes())
          + (forks.limitBytes() == null
              ? ""
              : " under a limit of " + Units.bytes(forks.limitBytes()))
          + (forks.usageBytes() == null
              ? "."
              : "; " + Units.bytes(forks.usageBytes()) + " were charged to their cgroup.");
    }

    private String fit() {
      int count = forks.shares().size();
      return count
          + " as large as the largest at its peak need "
          + Units.bytes(forks.needBytes())
          + (forks.limitBytes() == null ? "" : "; the limit is " + Units.bytes(forks.limitBytes()))
          + (forks.wouldFit() == null
              ? "."
              : forks.wouldFit() == 0
                  ? ": not even one fits."
                  : ": " + forks.wouldFit() + (forks.wouldFit() == 1 ? " fits." : " fit."));
    }

    private Row row(ForkShare share, int position) {
      return new Row(
          names.link(Names.RUN, share.runId()),
          position < DRAWN ? ForkColours.of(position) : "",
          share.pid() == null ? "unknown" : Long.toString(share.pid()),
          Measure.bytes(share.heldBytes()),
          Measure.bytes(share.peakBytes()),
          names.links(Names.TEST, share.tests()),
          kills.containsKey(share.runId()),
          ending(share));
    }

    private String ending(ForkShare share) {
      Kill kill = kills.get(share.runId());
      String how =
          kill == null ? "lived on" : VerdictWords.state(kill.kind()).toLowerCase(Locale.ROOT);
      if (share.runId().equals(forks.victim())) {
        return how + ", the first to die";
      }
      return share.endedAt() == null
          ? how
          : how
              + (kill == null ? ", ended " : " ")
              + Units.duration(Math.max(0, Duration.between(forks.at(), share.endedAt()).toNanos()))
              + " later";
    }

    private List<MemorySample> samples(ForkShare share) {
      return postMortem.timeline().samples().stream()
          .filter(sample -> share.runId().equals(sample.runId()))
          .sorted(Comparator.comparing(MemorySample::at))
          .toList();
    }

    private Instant from(ForkShare share) {
      return samples(share).get(0).at();
    }

    private Instant to(ForkShare share) {
      List<MemorySample> samples = samples(share);
      Instant last = samples.get(samples.size() - 1).at();
      Instant end = runs.get(share.runId()).endedAt();
      return end == null || end.isBefore(last) ? last : end;
    }

    private TimeAxis axis(List<ForkShare> drawn) {
      Instant from = drawn.stream().map(this::from).min(Comparator.naturalOrder()).orElse(null);
      Instant to = drawn.stream().map(this::to).max(Comparator.naturalOrder()).orElse(null);
      return from == null ? null : TimeAxis.between(from, to);
    }

    private List<ForkLane> lanes(List<ForkShare> drawn, TimeAxis axis) {
      List<ForkLane> lanes = new ArrayList<>();
      int top = 0;
      for (int i = 0; i < drawn.size(); i++) {
        ForkShare share = drawn.get(i);
        boolean died = kills.containsKey(share.runId());
        ForkLane lane =
            ForkLane.of(
                runs.get(share.runId()),
                ending(share),
                i,
                top,
                spans(share),
                new ForkLane.ForkSpan(axis, names, from(share), to(share), died));
        lanes.add(lane);
        top += lane.height();
      }
      return lanes;
    }

    private List<TestSpan> spans(ForkShare share) {
      return postMortem.timeline().spans().stream()
          .filter(span -> share.runId().equals(span.runId()))
          .map(span -> TimelineView.ended(span, samples(share)))
          .toList();
    }
  }

  /** The height of all lanes in pixels. */
  public int lanesHeight() {
    return lanes.stream().mapToInt(ForkLane::height).sum();
  }
}
