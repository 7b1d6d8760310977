// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * What G1 counts as used although no object is there. An object larger than half a region has its
 * regions to itself, so that an array of 1 MiB and its header count as 2 MiB. And a full collection
 * leaves regions as they are that are in use to 95 parts of 100 (MarkSweepDeadRatio), so that ten
 * arrays of 100 kB count as a region of 1 MiB.
 */
final class RegionPadding {
  private static final long UNKNOWN = -1;

  /** With less, hardly any padding comes or goes. */
  private static final long WORTH_A_COUNT = 128 << 10;

  /** Bytes of a region; 0 where all that counts as used is objects, or where that can't be told. */
  private static long region = UNKNOWN;

  private static long usedAtCount = UNKNOWN;
  private static long padding;

  private RegionPadding() {}

  /**
   * Asked right after a full collection. Objects are counted unless the heap is about as it was
   * when they were counted last: by a collection of the JVM's own, at whose safepoint they are
   * counted, so that nothing that was allocated meanwhile is among them.
   *
   * @param used bytes that the collector counted at the last collection
   * @return how many of them are objects, as far as that can be told
   */
  static synchronized long objects(LongSupplier used) {
    long now = used.getAsLong();
    if (region == UNKNOWN) {
      region = regionBytes();
    }
    if (region > 0 && (usedAtCount == UNKNOWN || Math.abs(now - usedAtCount) >= WORTH_A_COUNT)) {
      if (usedAtCount == UNKNOWN) {
        // What it takes to count is there before the first count that counts.
        ClassHistogram.total();
      }
      long objects = ClassHistogram.total();
      now = used.getAsLong();
      usedAtCount = now;
      padding = objects == UNKNOWN ? 0 : Math.max(0, now - objects);
    }
    return now - padding;
  }

  /** Bytes that were no objects when these were counted last. */
  static synchronized long known() {
    return padding;
  }

  private static long regionBytes() {
    HotSpotDiagnosticMXBean flags =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return flags != null && Boolean.parseBoolean(flags.getVMOption("UseG1GC").getValue())
          ? Long.parseLong(flags.getVMOption("G1HeapRegionSize").getValue())
          : 0;
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}
