// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.memory.ProcessMemoryEvent;
import io.memreport.recorder.nativeheap.Inventory;
import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.nativeheap.NativePlatform;
import io.memreport.recorder.proc.ProcFile;

/**
 * Figures that are too dear for each sample: the kernel walks all page tables for the proportional
 * set size, and malloc locks one arena after the other.
 */
final class ProcessMemory {
  private static final long PERIOD_NANOS = 10_000_000_000L;

  /** After one reading the next waits so many times as long as it took: at most 1 % of a core. */
  private static final long REST = 100;

  private final ProcFile status;
  private final String cLibrary = NativePlatform.cLibrary();
  private final ProcFile rollup = new ProcFile(ProcFile.ROOT + "/self/smaps_rollup");
  private long nextNanos = System.nanoTime();

  ProcessMemory(ProcFile status) {
    this.status = status;
  }

  /** Writes an event if the last one was long ago. */
  void writeNowAndThen(MappedMemory ranges) {
    if (System.nanoTime() - nextNanos >= 0) {
      write(ranges);
    }
  }

  /**
   * @param ranges resident memory by address range, null if it is not known
   */
  void write(MappedMemory ranges) {
    long from = System.nanoTime();
    ProcessMemoryEvent event = new ProcessMemoryEvent();
    if (!status.read()) {
      return;
    }
    event.rssAnon = status.kilobytes("RssAnon:");
    event.rssFile = status.kilobytes("RssFile:");
    event.rssShmem = status.kilobytes("RssShmem:");
    if (rollup.read()) {
      event.pss = rollup.kilobytes("Pss:");
      event.pssAnon = rollup.kilobytes("Pss_Anon:");
      event.pssFile = rollup.kilobytes("Pss_File:");
      event.pssShmem = rollup.kilobytes("Pss_Shmem:");
    }
    long[] figures = new long[3];
    if (NativeHeap.isLoaded() && Inventory.mallocFigures(figures)) {
      event.arenas = figures[Inventory.ARENAS];
      event.arenasFree = figures[Inventory.FREE];
      event.mallocMapped = figures[Inventory.MAPPED];
    }
    if (ranges != null) {
      event.arenasResident = ranges.arenas();
    }
    event.cLibrary = cLibrary;
    event.commit();
    long now = System.nanoTime();
    nextNanos = now + Math.max(PERIOD_NANOS, REST * (now - from));
  }
}
