// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.memreport.recorder.event.MemoryMapEvent;
import io.memreport.recorder.event.MemorySampleEvent;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where resident memory lies, by address range. The Java heap is the one run of anonymous ranges
 * that has a boundary where the memory ends that the JVM reserved for it; code is what is writable
 * and executable; stacks are what lies behind guard pages. What can't be told so is unknown.
 */
final class MemoryMap {
  private final long reservedHeap = reservedHeap();

  /** Writes the map, with the parts of the sample of this moment that have no addresses. */
  void write(MemorySampleEvent sample) {
    try (BufferedReader smaps =
        new BufferedReader(new FileReader("/proc/self/smaps", StandardCharsets.ISO_8859_1))) {
      MemoryMapEvent event = describe(MappedRange.parse(smaps), reservedHeap);
      event.metaspace = sample.metaspaceCommitted;
      event.directBuffers = sample.directBuffers;
      event.sqliteHeap = sample.sqliteHeap;
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

  /**
   * The start of the only run of ranges with a boundary where the heap would end, or -1. Objects
   * archived for class data sharing are mapped into it from a file.
   */
  private static long heapStart(List<MappedRange> ranges, long reservedHeap) {
    long found = -1;
    long from = -1;
    long to = -1;
    for (MappedRange range : ranges) {
      boolean fits = range.isAnonymous() || range.name().endsWith(".jsa");
      if (!fits) {
        to = -1;
        continue;
      }
      if (range.from() != to) {
        from = range.from();
      }
      to = range.to();
      if (reservedHeap > 0 && to - from == reservedHeap) {
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
