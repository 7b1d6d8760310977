// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxSample;
import io.memreport.model.MemorySample;
import io.memreport.recorder.box.BoxGauge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/**
 * The memory samples of a run, thinned while they come: whenever there are too many, of each four
 * the one with the lowest and the one with the highest resident memory stay. So no peak is lost.
 */
final class SampleSeries {
  private static final int MOST = 2000;

  private List<MemorySample> samples = new ArrayList<>();

  /** The time of the last one, or null. */
  Instant lastAt() {
    return samples.stream().map(MemorySample::at).max(Comparator.naturalOrder()).orElse(null);
  }

  void add(BoxSample sample) {
    add(
        new MemorySample(
            null,
            sample.at(),
            sample.gauge(BoxGauge.RSS),
            sample.gauge(BoxGauge.HEAP_USED),
            sample.gauge(BoxGauge.METASPACE_COMMITTED),
            sample.gauge(BoxGauge.CODE_CACHE_COMMITTED),
            sample.gauge(BoxGauge.DIRECT_BUFFERS),
            sample.gauge(BoxGauge.SQLITE_HEAP),
            sample.gauge(BoxGauge.RSS_SHMEM),
            sample.gauge(BoxGauge.CGROUP_USAGE),
            sample.gauge(BoxGauge.LIMIT)));
  }

  void add(RecordedEvent event) {
    Long used = Sums.figure(event, "heapUsed");
    add(
        new MemorySample(
            null,
            event.getStartTime(),
            Sums.figure(event, "rss"),
            used,
            Sums.figure(event, "metaspaceCommitted"),
            Sums.figure(event, "codeCacheCommitted"),
            Sums.figure(event, "directBuffers"),
            Sums.figure(event, "sqliteHeap"),
            Sums.figure(event, "rssShmem"),
            Sums.figure(event, "cgroupUsage"),
            Sums.figure(event, "limit")));
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

  List<MemorySample> thinned(String runId) {
    samples.sort(Comparator.comparing(MemorySample::at));
    List<MemorySample> all = samples;
    while (all.size() > MOST) {
      all = halved(all);
    }
    return all.stream()
        .map(
            s ->
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
                    s.limitBytes()))
        .toList();
  }
}
