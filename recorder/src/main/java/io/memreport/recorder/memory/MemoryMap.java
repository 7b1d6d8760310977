// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.memreport.recorder.event.MemoryMapEvent;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where resident memory lies, by address range. The Java heap is the one run of anonymous ranges
 * that is as long as the JVM reserved for it; code is what is writable and executable; stacks are
 * what lies behind guard pages. What can't be told so is unknown.
 */
final class MemoryMap {
  private final long reservedHeap = reservedHeap();

  void write() {
    try (BufferedReader smaps =
        new BufferedReader(new FileReader("/proc/self/smaps", StandardCharsets.ISO_8859_1))) {
      MemoryMapEvent event = describe(MappedRange.parse(smaps), reservedHeap);
      event.commit();
    } catch (IOException e) {
      // Not Linux: no event says that more truly than zeros would.
      return;
    }
  }

  static MemoryMapEvent describe(List<MappedRange> ranges, long reservedHeap) {
    MemoryMapEvent event = new MemoryMapEvent();
    long heapFrom = heapStart(ranges, reservedHeap);
    event.rss = 0;
    event.codeCache = 0;
    event.mappedFiles = 0;
    event.shared = 0;
    event.threadStacks = 0;
    event.javaHeap = heapFrom < 0 ? MemoryMapEvent.UNKNOWN : 0;
    MappedRange before = null;
    for (MappedRange range : ranges) {
      event.rss += range.resident();
      if (heapFrom >= 0 && range.from() >= heapFrom && range.from() < heapFrom + reservedHeap) {
        event.javaHeap += range.resident();
      } else if (range.isCode()) {
        event.codeCache += range.resident();
      } else if (range.isShared()) {
        event.shared += range.resident();
      } else if (range.isFile()) {
        event.mappedFiles += range.resident();
      } else if (range.name().equals("[stack]") || (before != null && before.isGuardOf(range))) {
        event.threadStacks += range.resident();
      }
      before = range;
    }
    return event;
  }

  /** The start of the only run of anonymous ranges as long as the heap, or -1. */
  private static long heapStart(List<MappedRange> ranges, long reservedHeap) {
    long found = -1;
    long from = 0;
    long to = 0;
    for (MappedRange range : ranges) {
      boolean joins = range.from() == to && range.isAnonymous();
      from = joins ? from : range.from();
      to = range.isAnonymous() ? range.to() : 0;
      if (to - from >= reservedHeap && range.from() - from < reservedHeap && reservedHeap > 0) {
        if (found >= 0) {
          return -1;
        }
        found = from;
      }
    }
    return found;
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
