// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.memory.LibraryHeapEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import io.memreport.recorder.nativeheap.LibraryHeap;
import io.memreport.recorder.nativeheap.NativeHeap;
import io.memreport.recorder.scope.NativeAccounting;
import java.util.HashMap;
import java.util.Map;

/** What the native libraries hold. */
final class NativeMemory {
  private final Map<String, LibraryHeap> written = new HashMap<>();

  void fill(MemorySampleEvent sample) {
    if (!NativeHeap.isLoaded()) {
      // Without SQLite in the process its heap is truly zero; if it can't be counted, unknown.
      sample.sqliteHeap = NativeAccounting.unavailable() == null ? 0 : MemorySampleEvent.UNKNOWN;
      return;
    }
    long sqlite = 0;
    long others = 0;
    for (LibraryHeap library : NativeHeap.libraries()) {
      if (library.refusedBecause() == null) {
        if (library.sqlite()) {
          sqlite += library.held();
        } else {
          others += library.held();
        }
      } else if (library.sqlite()) {
        sqlite = MemorySampleEvent.UNKNOWN;
      }
    }
    sample.sqliteHeap = sqlite < 0 ? MemorySampleEvent.UNKNOWN : sqlite;
    if (NativeAccounting.accountsAllLibraries()) {
      sample.otherNativeHeap = others;
    }
  }

  /** Writes the libraries whose figures changed since the last call. */
  void writeLibraries() {
    if (!NativeHeap.isLoaded()) {
      return;
    }
    for (LibraryHeap library : NativeHeap.libraries()) {
      if (!library.equals(written.put(library.name(), library))) {
        LibraryHeapEvent event = new LibraryHeapEvent();
        event.library = library.name();
        event.sqlite = library.sqlite();
        event.unavailable = library.refusedBecause();
        if (library.refusedBecause() == null) {
          event.held = library.held();
          event.peak = library.peak();
          event.allocated = library.allocated();
        }
        event.commit();
      }
    }
  }
}
