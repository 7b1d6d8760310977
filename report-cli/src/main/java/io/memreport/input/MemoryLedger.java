// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.model.MemoryAtEnd;
import java.time.Duration;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;

/** Splits resident memory at the end of a run by owner. */
final class MemoryLedger {
  /** A map and a sample that are written together are no further apart. */
  private static final Duration TOGETHER = Duration.ofMillis(250);

  private MemoryLedger() {}

  /**
   * Null if nothing was sampled. What has no owner is other, and the parts sum to the whole; if a
   * JVM was killed some time after the last map, what grew since and has no sample is other, too.
   */
  static MemoryAtEnd atEnd(RecordedEvent sample, RecordedEvent map) {
    if (sample == null) {
      return null;
    }
    if (map == null) {
      return sum(
          Sums.figure(sample, "rss"),
          new MemoryAtEnd(
              null,
              null,
              Sums.figure(sample, "metaspaceCommitted"),
              Sums.figure(sample, "codeCacheCommitted"),
              null,
              null,
              Sums.figure(sample, "directBuffers"),
              Sums.figure(sample, "sqliteHeap"),
              Sums.figure(sample, "rssShmem"),
              null,
              null));
    }
    boolean together =
        Duration.between(map.getStartTime(), sample.getStartTime()).abs().compareTo(TOGETHER) <= 0;
    RecordedEvent gauges = together ? map : sample;
    return sum(
        Sums.figure(gauges, "rss"),
        new MemoryAtEnd(
            null,
            Sums.figure(map, "javaHeap"),
            Sums.figure(gauges, together ? "metaspace" : "metaspaceCommitted"),
            Sums.figure(map, "codeCache"),
            Sums.figure(map, "threadStacks"),
            Sums.figure(map, "gc"),
            Sums.figure(gauges, "directBuffers"),
            Sums.figure(gauges, "sqliteHeap"),
            Sums.figure(map, "shared"),
            Sums.figure(map, "mappedFiles"),
            null));
  }

  private static MemoryAtEnd sum(Long rss, MemoryAtEnd parts) {
    long known =
        Stream.of(
                parts.javaHeapBytes(),
                parts.metaspaceBytes(),
                parts.codeCacheBytes(),
                parts.threadStackBytes(),
                parts.gcBytes(),
                parts.directBufferBytes(),
                parts.sqliteBytes(),
                parts.sharedBytes(),
                parts.mappedFileBytes())
            .mapToLong(part -> part == null ? 0 : part)
            .sum();
    return new MemoryAtEnd(
        rss,
        parts.javaHeapBytes(),
        parts.metaspaceBytes(),
        parts.codeCacheBytes(),
        parts.threadStackBytes(),
        parts.gcBytes(),
        parts.directBufferBytes(),
        parts.sqliteBytes(),
        parts.sharedBytes(),
        parts.mappedFileBytes(),
        rss == null || known > rss ? null : Long.valueOf(rss - known));
  }
}
