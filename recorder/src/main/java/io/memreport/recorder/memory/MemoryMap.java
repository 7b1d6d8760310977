// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.proc.ProcFile;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * Where resident memory lies, by address range. The Java heap is where the JVM says; code is what
 * is writable and executable; stacks are what lies behind guard pages; glibc's arenas are aligned
 * to their size. What can't be told so is in no part, as copies of files' pages that were changed.
 */
final class MemoryMap {
  private final NativeMemoryTracking tracking = new NativeMemoryTracking();
  private HeapRange heap = HeapRange.ofThisJvm();

  /** Reads the ranges; null where there is no {@code /proc}. */
  MappedMemory read() {
    try (BufferedReader smaps =
        new BufferedReader(
            new FileReader(ProcFile.ROOT + "/self/smaps", StandardCharsets.ISO_8859_1))) {
      List<MappedRange> ranges = MappedRange.parse(smaps);
      if (heap == null) {
        heap = HeapRange.guess(ranges, reservedHeap());
      }
      return describe(ranges, heap, tracking.gcCommitted());
    } catch (IOException e) {
      return null;
    }
  }

  static MappedMemory describe(List<MappedRange> ranges, HeapRange heap, long gcCommitted) {
    long rss = 0;
    long pss = 0;
    long javaHeap = 0;
    long code = 0;
    long stacks = 0;
    long files = 0;
    long shared = 0;
    long arenas = 0;
    BitSet ofMalloc = Arenas.of(ranges);
    for (int i = 0; i < ranges.size(); i++) {
      MappedRange range = ranges.get(i);
      long resident = range.resident();
      rss += resident;
      pss += range.proportional();
      if (heap != null && heap.holds(range) || range.isHeapOfZ()) {
        javaHeap += resident;
      } else if (range.isCode()) {
        code += resident;
      } else if (range.isShared()) {
        shared += resident;
      } else if (range.isFile()) {
        files += resident - range.own();
      } else if (ofMalloc.get(i)) {
        // An arena that is almost full ends in a rest as small as a guard, and the next one
        // follows.
        arenas += resident;
      } else if (range.isMainStack() || i > 0 && ranges.get(i - 1).isGuardOf(range)) {
        stacks += resident;
      }
    }
    boolean found = heap != null || javaHeap > 0;
    return new MappedMemory(
        rss,
        pss,
        found ? javaHeap : MemreportEvent.UNKNOWN,
        code,
        stacks,
        files,
        shared,
        arenas,
        gcCommitted);
  }

  private static long reservedHeap() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return vm == null ? 0 : Long.parseLong(vm.getVMOption("MaxHeapSize").getValue());
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}
