// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.memory;

import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.memory.OomdRule;
import io.memreport.model.memory.PressureSample;
import io.memreport.report.html.part.Svg;
import io.memreport.report.html.part.TimeAxis;
import io.memreport.report.html.part.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Pressure stall information of a run on the clock of the timeline, 0 to 100 percent. */
public record PressureView(
    String run,
    String scope,
    String full,
    String some,
    String limit,
    String rule,
    double height,
    TimeAxis axis) {

  private static final String MACHINE = "the machine";
  private static final int HEIGHT = 10_000;
  private static final double WHOLE = 100;

  /** A curve of less lies flat on the ground. */
  private static final double SEEN = 5;

  /** Of the machine once, by the run that saw most. */
  public static List<PressureView> of(PostMortem postMortem) {
    List<PressureView> all =
        postMortem.runs().stream()
            .map(run -> of(run, postMortem.timeline().pressure()))
            .filter(Objects::nonNull)
            .toList();
    PressureView machine =
        all.stream()
            .filter(view -> view.scope.equals(MACHINE))
            .max(Comparator.comparingDouble(PressureView::height))
            .orElse(null);
    return all.stream().filter(view -> view == machine || !view.scope.equals(MACHINE)).toList();
  }

  /** Whether there is something to see. */
  public boolean drawn() {
    return height >= SEEN;
  }

  /** The highest share, as in {@code 1.25 %}. */
  public String most() {
    return String.format(Locale.ROOT, "%.2f %%", height);
  }

  /** Null where none was sampled, or there never was any: then there is nothing to see. */
  private static PressureView of(Run run, List<PressureSample> all) {
    List<PressureSample> samples =
        all.stream().filter(sample -> run.id().equals(sample.runId())).toList();
    double most = samples.stream().mapToDouble(PressureView::height).max().orElse(0);
    if (samples.size() < 2 || most == 0) {
      return null;
    }
    Instant from = samples.get(0).at();
    TimeAxis axis = TimeAxis.between(from, samples.get(samples.size() - 1).at());
    boolean own = samples.get(0).cgroupFullPercent() != null;
    OomdRule rule = run.context().oomd();
    return new PressureView(
        VisibleText.label(run.id()),
        own ? "its cgroup" : MACHINE,
        line(samples, axis, PressureSample::fullPercent),
        line(
            samples,
            axis,
            own ? PressureSample::cgroupSomePercent : PressureSample::systemSomePercent),
        rule == null ? "" : Svg.percent(WHOLE - rule.pressureLimitPercent()),
        rule == null
            ? ""
            : String.format(
                Locale.ROOT,
                "systemd-oomd acts on the cgroups that it watches above %.0f %% for %d s (%s)",
                rule.pressureLimitPercent(),
                rule.pressureSeconds(),
                VisibleText.line(rule.source())),
        most,
        axis);
  }

  private static double height(PressureSample sample) {
    double full = sample.fullPercent() == null ? 0 : sample.fullPercent();
    double some = sample.systemSomePercent() == null ? 0 : sample.systemSomePercent();
    return Math.max(full, some);
  }

  private interface Share {
    Double of(PressureSample sample);
  }

  private static String line(List<PressureSample> samples, TimeAxis axis, Share share) {
    List<int[]> points = new ArrayList<>();
    for (PressureSample sample : samples) {
      Double percent = share.of(sample);
      if (percent != null) {
        points.add(
            new int[] {axis.x(sample.at()), HEIGHT - (int) Math.round(HEIGHT * percent / WHOLE)});
      }
    }
    return points.isEmpty()
        ? ""
        : Svg.line(
            points.stream().mapToInt(point -> point[0]).toArray(),
            points.stream().mapToInt(point -> point[1]).toArray());
  }
}
