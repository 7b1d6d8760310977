// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

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
