// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.PressureSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory over time for drawing: thinned, but never without its peaks.
 *
 * @param cgroups what the runs' cgroups were used for
 * @param pressure how much tasks stalled on memory
 */
public record Timeline(
    List<MemorySample> samples,
    List<TestSpan> spans,
    List<CgroupSample> cgroups,
    List<PressureSample> pressure) {

  /** A timeline of nothing but this JVM. */
  public Timeline(List<MemorySample> samples, List<TestSpan> spans) {
    this(samples, spans, List.of(), List.of());
  }

  /** The same with other spans. */
  public Timeline with(List<TestSpan> others) {
    return new Timeline(samples, others, cgroups, pressure);
  }

  /**
   * As much of it as a chart of this many runs can show, with every peak: at most {@value
   * ThinnedSeries#MOST} samples of all runs together, but at least {@value ThinnedSeries#LEAST} of
   * each.
   */
  public Timeline thinned() {
    return new Timeline(
        ThinnedSeries.of(samples, MemorySample::runId, ThinnedSeries.MEMORY),
        spans,
        ThinnedSeries.of(cgroups, CgroupSample::runId, ThinnedSeries.CGROUP),
        ThinnedSeries.of(pressure, PressureSample::runId, ThinnedSeries.PRESSURE));
  }

  /**
   * How long before the end of a run its memory was last looked at; null if that is at most twice
   * the usual time between its samples, or not known.
   */
  public Duration sinceLastSample(Run run) {
    List<Instant> times =
        samples.stream()
            .filter(sample -> sample.runId().equals(run.id()))
            .map(MemorySample::at)
            .sorted()
            .toList();
    if (times.size() < 2 || run.endedAt() == null || run.ending() == Ending.CLEAN) {
      return null;
    }
    List<Duration> steps = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      steps.add(Duration.between(times.get(i - 1), times.get(i)));
    }
    steps.sort(null);
    Duration usual = steps.get(steps.size() / 2);
    Duration since = Duration.between(times.get(times.size() - 1), run.endedAt());
    return since.compareTo(usual.multipliedBy(2)) > 0 ? since : null;
  }

  /** How a run's cgroup was used last, or null. */
  public CgroupSample lastCgroup(String runId) {
    CgroupSample last = null;
    for (CgroupSample sample : cgroups) {
      if (sample.runId().equals(runId) && (last == null || !sample.at().isBefore(last.at()))) {
        last = sample;
      }
    }
    return last;
  }
}
