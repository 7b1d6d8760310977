// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import io.memreport.input.box.BoxSample;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.recorder.box.BoxGauge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The memory samples of a run, thinned while they come: whenever there are too many, of each four
 * the one with the lowest and the one with the highest resident memory stay. So no peak is lost.
 */
public final class SampleSeries {
  private static final int MOST = 2000;

  private List<MemorySample> samples = new ArrayList<>();

  /** The time of the last one, or null. */
  public Instant lastAt() {
    return samples.stream().map(MemorySample::at).max(Comparator.naturalOrder()).orElse(null);
  }

  /**
   * Adds one.
   *
   * @param mappedElsewhere by how much its proportional set size is less than its resident memory,
   *     or null if that is not known of it: a black box has no room for it
   */
  public void add(BoxSample sample, Long mappedElsewhere) {
    MemoryAtEnd split = MemoryLedger.of(sample);
    add(
        new MemorySample(
            null,
            sample.at(),
            split.rssBytes(),
            split.javaHeapBytes() == null
                ? sample.gauge(BoxGauge.HEAP_USED)
                : split.javaHeapBytes(),
            split.metaspaceBytes(),
            split.codeCacheBytes(),
            split.directBufferBytes(),
            split.sqliteBytes(),
            split.sharedBytes(),
            sample.gauge(BoxGauge.CGROUP_USAGE),
            sample.gauge(BoxGauge.LIMIT),
            sample.gauge(BoxGauge.HEAP_USED),
            split.threadStackBytes(),
            split.gcBytes(),
            split.mappedFileBytes(),
            split.libraryBytes(),
            split.mallocBytes(),
            sample.gauge(BoxGauge.MACHINE_AVAILABLE),
            split.otherBytes(),
            mappedElsewhere));
  }

  private void add(MemorySample sample) {
    samples.add(sample);
    if (samples.size() >= 2 * MOST) {
      samples.sort(Comparator.comparing(MemorySample::at));
      samples = halved(samples);
    }
  }

  private static List<MemorySample> halved(List<MemorySample> all) {
    List<MemorySample> kept = new ArrayList<>(all.size());
    for (int from = 0; from < all.size(); from += 4) {
      List<MemorySample> four = all.subList(from, Math.min(from + 4, all.size()));
      MemorySample low = four.stream().min(Comparator.comparing(SampleSeries::rss)).orElseThrow();
      MemorySample high = four.stream().max(Comparator.comparing(SampleSeries::rss)).orElseThrow();
      for (MemorySample sample : four) {
        if (sample == low || sample == high) {
          kept.add(sample);
        }
      }
    }
    return kept;
  }

  private static long rss(MemorySample sample) {
    return sample.rssBytes() == null ? 0 : sample.rssBytes();
  }

  /** What only some know of pages that others map, too, holds for those after them. */
  public List<MemorySample> thinned(String runId) {
    samples.sort(Comparator.comparing(MemorySample::at));
    List<MemorySample> all = samples;
    while (all.size() > MOST) {
      all = halved(all);
    }
    List<MemorySample> named = new ArrayList<>(all.size());
    Long elsewhere = null;
    for (MemorySample s : all) {
      elsewhere = s.mappedElsewhereBytes() == null ? elsewhere : s.mappedElsewhereBytes();
      named.add(
          new MemorySample(
              runId,
              s.at(),
              s.rssBytes(),
              s.javaHeapBytes(),
              s.metaspaceBytes(),
              s.codeCacheBytes(),
              s.directBufferBytes(),
              s.sqliteBytes(),
              s.sharedBytes(),
              s.cgroupBytes(),
              s.limitBytes(),
              s.javaHeapUsedBytes(),
              s.threadStackBytes(),
              s.gcBytes(),
              s.mappedFileBytes(),
              s.libraryBytes(),
              s.mallocBytes(),
              s.machineAvailableBytes(),
              s.otherBytes(),
              elsewhere));
    }
    return List.copyOf(named);
  }
}
