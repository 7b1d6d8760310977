// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxSample;
import io.memreport.model.MemoryAtEnd;
import io.memreport.recorder.box.BoxGauge;
import java.util.Objects;
import java.util.stream.Stream;

/** Brings resident memory at the end of a run up to the black box's last sample. */
final class BoxLedger {
  private BoxLedger() {}

  /**
   * What the sample does not split stays as recorded; what grew since and has no gauge is other.
   */
  static MemoryAtEnd atEnd(MemoryAtEnd recorded, BoxSample last) {
    if (last == null || last.gauge(BoxGauge.RSS) == null) {
      return recorded;
    }
    MemoryAtEnd before =
        recorded != null
            ? recorded
            : new MemoryAtEnd(null, null, null, null, null, null, null, null, null, null, null);
    MemoryAtEnd parts =
        new MemoryAtEnd(
            null,
            before.javaHeapBytes(),
            last.gauge(BoxGauge.METASPACE_COMMITTED),
            before.codeCacheBytes() != null
                ? before.codeCacheBytes()
                : last.gauge(BoxGauge.CODE_CACHE_COMMITTED),
            before.threadStackBytes(),
            before.gcBytes(),
            last.gauge(BoxGauge.DIRECT_BUFFERS),
            last.gauge(BoxGauge.SQLITE_HEAP),
            before.sharedBytes() != null ? before.sharedBytes() : last.gauge(BoxGauge.RSS_SHMEM),
            before.mappedFileBytes(),
            null);
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
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sum();
    long rss = last.gauge(BoxGauge.RSS);
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
        known > rss ? null : Long.valueOf(rss - known));
  }
}
