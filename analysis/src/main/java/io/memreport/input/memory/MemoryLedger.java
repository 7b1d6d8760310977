// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import io.memreport.input.box.BoxSample;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.recorder.box.BoxGauge;

/**
 * Splits resident memory by owner. What address ranges tell is exact; the memory without a name is
 * shared out among those who count their own: SQLite, direct buffers, metaspace. The arenas of
 * malloc hold SQLite's memory, and what they hold beside it is the JVM's own or that of libraries
 * which are not counted. The parts and other sum to the whole.
 */
public final class MemoryLedger {
  private final BoxSample sample;

  /** What open connections are known to hold, even if it was taken before anybody counted. */
  private final long connections;

  /** What the process has freed and malloc keeps, null if that was not asked lately. */
  private final Long freed;

  /** Anonymous memory of which the ranges don't tell the owner, as far as it is not given yet. */
  private long unnamed;

  private MemoryLedger(BoxSample sample, long connections, Long freed) {
    this.sample = sample;
    this.connections = connections;
    this.freed = freed;
  }

  /** Null without a sample. What grew since the ranges were last read has its owner by counters. */
  static MemoryAtEnd of(BoxSample sample) {
    return atEnd(sample, 0, null);
  }

  /**
   * Likewise, with what SQLite says of connections, and malloc of what it keeps.
   *
   * @param connections bytes that they hold; 0 if all of it was counted
   * @param freed bytes that the process has freed and malloc has not given back; null if unknown
   */
  public static MemoryAtEnd atEnd(BoxSample sample, long connections, Long freed) {
    return sample == null ? null : new MemoryLedger(sample, connections, freed).split();
  }

  private MemoryAtEnd split() {
    Long rss = gauge(BoxGauge.RSS);
    Long heap = gauge(BoxGauge.HEAP_RESIDENT);
    Long code = gauge(BoxGauge.CODE_RESIDENT);
    Long stacks = gauge(BoxGauge.STACKS_RESIDENT);
    Long files = gauge(BoxGauge.FILES_RESIDENT);
    Long shared = gauge(BoxGauge.SHARED_RESIDENT);
    long named = orZero(heap) + orZero(code) + orZero(stacks) + orZero(files) + orZero(shared);
    // Where memory shrank since the ranges were read, what they said no longer sums to the whole.
    unnamed = Math.max(0, orZero(rss) - named);
    Long counted = gauge(BoxGauge.SQLITE_HEAP);
    Long sqlite = take(counted == null ? null : Long.valueOf(Math.max(counted, connections)));
    Long direct = take(gauge(BoxGauge.DIRECT_BUFFERS));
    Long used = gauge(BoxGauge.HEAP_USED);
    if (heap != null && used != null && used > heap) {
      // It grew since the ranges were read; what is used was written to, and so is resident.
      heap += take(used - heap);
    }
    Long metaspace = take(gauge(BoxGauge.METASPACE_COMMITTED));
    // Blocks that were never written to are counted and not resident: they come after what is.
    Long libraries = take(gauge(BoxGauge.OTHER_NATIVE_HEAP));
    Long notCounted = take(beside(sqlite, libraries));
    Long kept =
        freed == null || notCounted == null ? null : Long.valueOf(Math.min(freed, notCounted));
    Long malloc = kept == null ? notCounted : Long.valueOf(notCounted - kept);
    Long gc = take(gauge(BoxGauge.GC_COMMITTED));
    long known =
        orZero(heap)
            + orZero(code)
            + orZero(stacks)
            + orZero(files)
            + orZero(shared)
            + orZero(sqlite)
            + orZero(direct)
            + orZero(libraries)
            + orZero(metaspace)
            + orZero(gc)
            + orZero(notCounted);
    return new MemoryAtEnd(
        rss,
        heap,
        metaspace,
        code == null ? gauge(BoxGauge.CODE_CACHE_COMMITTED) : code,
        stacks,
        gc,
        direct,
        sqlite,
        shared == null ? gauge(BoxGauge.RSS_SHMEM) : shared,
        files,
        rss == null || known > rss ? null : Long.valueOf(rss - known),
        libraries,
        malloc,
        kept);
  }

  /** What the arenas hold beside what is counted, all of which lies in them. */
  private Long beside(Long sqlite, Long libraries) {
    Long arenas = gauge(BoxGauge.ARENAS_RESIDENT);
    return arenas == null
        ? null
        : Long.valueOf(Math.max(0, arenas - orZero(sqlite) - orZero(libraries)));
  }

  /** Committed memory that was never touched is not resident: no owner gets more than is left. */
  private Long take(Long claimed) {
    if (claimed == null) {
      return null;
    }
    long given = Math.min(claimed, unnamed);
    unnamed -= given;
    return given;
  }

  private Long gauge(BoxGauge gauge) {
    return sample.gauge(gauge);
  }

  private static long orZero(Long bytes) {
    return bytes == null ? 0 : bytes;
  }
}
