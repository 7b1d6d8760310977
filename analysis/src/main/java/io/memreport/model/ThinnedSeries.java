// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.PressureSample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Samples of several runs, thinned so that a chart looks the same: of neighbours the lowest and the
 * highest by the first measure stay, and of each run the first, the last and the highest by every
 * measure, so that no peak that a report names is lost.
 */
final class ThinnedSeries {
  /** So many samples are kept of all runs together: more than a chart has room for. */
  static final int MOST = 600;

  /** So many of each run, however many runs there are. */
  static final int LEAST = 60;

  static final List<Function<MemorySample, Number>> MEMORY =
      List.of(
          MemorySample::rssBytes,
          MemorySample::javaHeapBytes,
          MemorySample::javaHeapUsedBytes,
          MemorySample::metaspaceBytes,
          MemorySample::codeCacheBytes,
          MemorySample::directBufferBytes,
          MemorySample::sqliteBytes,
          MemorySample::sharedBytes,
          MemorySample::threadStackBytes,
          MemorySample::gcBytes,
          MemorySample::mappedFileBytes,
          MemorySample::libraryBytes,
          MemorySample::mallocBytes,
          MemorySample::otherBytes,
          MemorySample::cgroupBytes,
          // The lowest limit is the one that is drawn.
          sample -> sample.limitBytes() == null ? null : -sample.limitBytes());

  static final List<Function<CgroupSample, Number>> CGROUP =
      List.of(CgroupSample::usageBytes, CgroupSample::anonBytes, CgroupSample::fileBytes);

  static final List<Function<PressureSample, Number>> PRESSURE =
      List.of(PressureSample::fullPercent);

  private ThinnedSeries() {}

  /** In their order, which is that of time within each run. */
  static <T> List<T> of(List<T> all, Function<T, String> run, List<Function<T, Number>> measures) {
    Map<String, List<T>> runs = new LinkedHashMap<>();
    all.forEach(
        sample -> runs.computeIfAbsent(run.apply(sample), id -> new ArrayList<>()).add(sample));
    int most = Math.max(LEAST, MOST / Math.max(1, runs.size()));
    Set<T> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    for (List<T> samples : runs.values()) {
      if (samples.size() <= most) {
        kept.addAll(samples);
      } else {
        keep(samples, most, measures, kept);
      }
    }
    return kept.size() == all.size() ? all : all.stream().filter(kept::contains).toList();
  }

  private static <T> void keep(
      List<T> samples, int most, List<Function<T, Number>> measures, Set<T> kept) {
    kept.add(samples.get(0));
    kept.add(samples.get(samples.size() - 1));
    measures.forEach(measure -> kept.add(highest(samples, measure)));
    int groups = most / 2;
    for (int i = 0; i < groups; i++) {
      List<T> neighbours =
          samples.subList(samples.size() * i / groups, samples.size() * (i + 1) / groups);
      kept.add(highest(neighbours, measures.get(0)));
      kept.add(highest(neighbours, sample -> -value(sample, measures.get(0))));
    }
  }

  private static <T> T highest(List<T> samples, Function<T, Number> measure) {
    T highest = samples.get(0);
    for (T sample : samples) {
      if (value(sample, measure) > value(highest, measure)) {
        highest = sample;
      }
    }
    return highest;
  }

  /** What is unknown is no peak. */
  private static <T> double value(T sample, Function<T, Number> measure) {
    Number value = measure.apply(sample);
    return value == null ? Double.NEGATIVE_INFINITY : value.doubleValue();
  }
}
