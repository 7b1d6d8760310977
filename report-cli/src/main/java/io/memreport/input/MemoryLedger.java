// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.model.MemoryAtEnd;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;

/** Splits the resident memory of the last sample by owner. */
final class MemoryLedger {
  private MemoryLedger() {}

  /** Null if nothing was sampled. What has no owner is other, and the parts sum to the whole. */
  static MemoryAtEnd atEnd(RecordedEvent sample, RecordedEvent map) {
    if (sample == null) {
      return null;
    }
    Long rss = map == null ? Sums.figure(sample, "rss") : Sums.figure(map, "rss");
    Long javaHeap = map == null ? null : Sums.figure(map, "javaHeap");
    Long codeCache =
        map == null ? Sums.figure(sample, "codeCacheCommitted") : Sums.figure(map, "codeCache");
    Long stacks = map == null ? null : Sums.figure(map, "threadStacks");
    Long files = map == null ? null : Sums.figure(map, "mappedFiles");
    Long shared = map == null ? Sums.figure(sample, "rssShmem") : Sums.figure(map, "shared");
    Long metaspace = Sums.figure(sample, "metaspaceCommitted");
    Long direct = Sums.figure(sample, "directBuffers");
    Long sqlite = Sums.figure(sample, "sqliteHeap");
    long known =
        Stream.of(javaHeap, codeCache, stacks, files, shared, metaspace, direct, sqlite)
            .mapToLong(part -> part == null ? 0 : part)
            .sum();
    Long other = rss == null || known > rss ? null : Long.valueOf(rss - known);
    return new MemoryAtEnd(
        rss, javaHeap, metaspace, codeCache, stacks, null, direct, sqlite, shared, files, other);
  }
}
