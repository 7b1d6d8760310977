// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.nativeheap.NativeHeap;
import java.nio.ByteBuffer;

/**
 * SQLite heap of one thread, with that of the worker threads which SQLite started on its behalf:
 * what happened since the last {@link #advance}.
 */
final class NativeCounters {
  private ByteBuffer record;
  private long seenAllocated;
  private long seenFreed;
  private long seenScanned;
  private long seenSorted;
  private long seenIndexed;
  private long seenSteps;
  private long allocatedTotal;
  private long netTotal;

  /** Bytes handed out, valid after {@link #advance} returned true. */
  long allocated;

  /** Bytes handed out less bytes given back. */
  long net;

  /** The most held at once above where the interval began; at least 0. */
  long peak;

  /** Whether there is anything to attach to. */
  static boolean available() {
    return NativeHeap.isLoaded();
  }

  /** Attaches to the current thread's counters, skipping what they hold already. */
  void attach() {
    if (NativeHeap.isLoaded()) {
      attach(NativeHeap.currentThread());
    }
  }

  /**
   * Likewise, to these.
   *
   * @param counters as {@link NativeHeap#currentThread} gives them: null without memory for them
   */
  void attach(ByteBuffer counters) {
    record = counters;
    if (counters == null) {
      return;
    }
    seenAllocated = allocatedNow();
    seenFreed = freedNow();
    mark();
    addWork(null);
  }

  boolean attached() {
    return record != null;
  }

  /** Bytes held on balance by this thread since its counters began; 0 without counters. */
  long total() {
    return seenAllocated - seenFreed;
  }

  /** Bytes handed out in all intervals so far, or UNKNOWN without counters. */
  long allocatedTotal() {
    return record == null ? MemreportEvent.UNKNOWN : allocatedTotal;
  }

  /** Likewise, less what was given back. */
  long netTotal() {
    return record == null ? MemreportEvent.UNKNOWN : netTotal;
  }

  /** Leaves out what happened since the last call: it was the recorder's own. */
  void skip() {
    if (record != null) {
      attach();
    }
  }

  /**
   * Adds what {@link io.memreport.recorder.nativeheap.SqliteApi#collect} found since the last call.
   */
  void addWork(Totals target) {
    if (record == null || record.getLong(NativeHeap.VM_STEPS) == seenSteps) {
      return;
    }
    long scanned = record.getLong(NativeHeap.FULL_SCAN_STEPS);
    long sorted = record.getLong(NativeHeap.SORTS);
    long indexed = record.getLong(NativeHeap.AUTO_INDEX_ROWS);
    long steps = record.getLong(NativeHeap.VM_STEPS);
    if (target != null) {
      Totals totals = target.take();
      totals.fullScanSteps += scanned - seenScanned;
      totals.sorts += sorted - seenSorted;
      totals.autoIndexRows += indexed - seenIndexed;
      totals.vmSteps += steps - seenSteps;
      totals.give();
    }
    seenScanned = scanned;
    seenSorted = sorted;
    seenIndexed = indexed;
    seenSteps = steps;
  }

  /** True if anything was handed out or given back since; about 3 ns if not. */
  boolean advance() {
    if (record == null) {
      return false;
    }
    long allocatedNow = allocatedNow();
    long freedNow = freedNow();
    if (allocatedNow == seenAllocated && freedNow == seenFreed) {
      return false;
    }
    allocated = allocatedNow - seenAllocated;
    net = allocated - (freedNow - seenFreed);
    allocatedTotal += allocated;
    netTotal += net;
    peak = Math.max(0, record.getLong(NativeHeap.PEAK) - (seenAllocated - seenFreed));
    seenAllocated = allocatedNow;
    seenFreed = freedNow;
    mark();
    return true;
  }

  private long allocatedNow() {
    return record.getLong(NativeHeap.ALLOCATED) + record.getLong(NativeHeap.ADOPTED_ALLOCATED);
  }

  private long freedNow() {
    return record.getLong(NativeHeap.FREED) + record.getLong(NativeHeap.ADOPTED_FREED);
  }

  private void mark() {
    record.putLong(NativeHeap.PEAK, seenAllocated - seenFreed);
  }
}
