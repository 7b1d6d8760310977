// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.memreport.recorder.nativeheap.Inventory;
import io.memreport.recorder.nativeheap.NativeHeap;
import java.lang.management.ManagementFactory;

/**
 * What G1 counts as used although no object is there: an object larger than half a region has its
 * regions to itself, so that an array of 1 MiB and its header count as 2 MiB.
 */
public final class RegionPadding {
  private static final long UNKNOWN = -1;

  /** Bytes of a region; 0 where no object has a region to itself, or where none can be asked. */
  private static long region = UNKNOWN;

  private static long usedAtWalk = UNKNOWN;
  private static long padding;

  private RegionPadding() {}

  /**
   * Asked after a full collection. The heap is walked only if it has changed by a region or more:
   * no large object comes or goes with less.
   *
   * @param used bytes that the collector counts
   * @return how many of them no object has; 0 where that can't be told
   */
  public static synchronized long of(long used) {
    if (region == UNKNOWN) {
      region = NativeHeap.isLoaded() ? regionBytes() : 0;
    }
    if (region > 0 && (usedAtWalk == UNKNOWN || Math.abs(used - usedAtWalk) >= region)) {
      padding = Inventory.padding(region);
      usedAtWalk = used;
      if (padding < 0) {
        region = 0;
        padding = 0;
      }
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
