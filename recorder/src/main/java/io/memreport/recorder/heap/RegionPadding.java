// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * What G1 counts as used although no object is there. An object larger than half a region has its
 * regions to itself, so that an array of 1 MiB and its header count as 2 MiB. And a full collection
 * leaves regions as they are that are in use to 95 parts of 100 (MarkSweepDeadRatio), so that ten
 * arrays of 100 kB count as a region of 1 MiB.
 */
public final class RegionPadding {
  private static final long UNKNOWN = -1;

  /** Bytes of a region; 0 where all that counts as used is objects, or where that can't be told. */
  private static long region = UNKNOWN;

  private static long usedAtCount = UNKNOWN;
  private static long padding;

  private RegionPadding() {}

  /**
   * Asked right after a full collection. Objects are counted only if the heap has changed by a
   * region or more: with less hardly any padding comes or goes.
   *
   * @param used bytes that the collector counts
   * @return how many of them no object has; 0 where that can't be told
   */
  public static synchronized long of(long used) {
    if (region == UNKNOWN) {
      region = regionBytes();
    }
    if (region > 0 && (usedAtCount == UNKNOWN || Math.abs(used - usedAtCount) >= region)) {
      ClassHistogram objects = ClassHistogram.readUncollected();
      usedAtCount = used;
      // Garbage that came since the collection counts as objects.
      padding = objects == null ? 0 : Math.max(0, used - objects.total());
    }
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
