// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.heap.HeapSampling;
import io.memreport.recorder.nativeheap.Inventory;
import io.memreport.recorder.nativeheap.LibraryHeap;
import io.memreport.recorder.nativeheap.NativeHeap;
import java.util.concurrent.Callable;

/** Whether SQLite heap is counted in this run, and why not. */
public final class NativeAccounting {
  private static Callable<String> loader;
  private static volatile boolean allLibraries;
  private static volatile String unavailable;

  private NativeAccounting() {}

  /**
   * Says how the shim is loaded when it is first needed.
   *
   * @param load loads it; returns null, or why it can't be
   * @param all whether every JNI library is accounted, not just SQLite
   */
  public static synchronized void start(Callable<String> load, boolean all) {
    loader = load;
    allLibraries = all;
  }

  /** Figures are unknown in this run, for this reason. */
  public static synchronized void unavailable(String because) {
    unavailable = because;
    loader = null;
  }

  /** Why native figures are unknown, or null. */
  public static String unavailable() {
    return unavailable;
  }

  /** Whether libraries other than SQLite are accounted, too. */
  public static boolean accountsAllLibraries() {
    return allLibraries && unavailable == null;
  }

  /** Accounts libraries that appeared, if all are wanted: their loading is not woven. */
  public static void librariesMayHaveAppeared() {
    if (accountsAllLibraries()) {
      libraryLoaded();
    }
  }

  /** A native library may have appeared: accounts it before it allocates. */
  public static synchronized void libraryLoaded() {
    if (loader != null) {
      try {
        unavailable = loader.call();
      } catch (Exception e) {
        unavailable = e.toString();
      }
      loader = null;
      noteUnavailable();
    }
    if (unavailable == null && NativeHeap.isLoaded() && NativeHeap.patch(allLibraries)) {
      lookForRefusals();
    }
  }

  /**
   * Looks whether another tool has taken SQLite's calls of malloc over: what was counted so far
   * would then look as if it were never given back.
   */
  public static void verify() {
    if (unavailable == null && NativeHeap.isLoaded() && NativeHeap.takenOver()) {
      lookForRefusals();
    }
  }

  private static synchronized void lookForRefusals() {
    for (LibraryHeap library : NativeHeap.libraries()) {
      if (unavailable == null && library.sqlite() && library.refusedBecause() != null) {
        unavailable = library.name() + ": " + library.refusedBecause();
        noteUnavailable();
      }
    }
  }

  /**
   * Has the Java heap sampled from now on, if that is wanted and was not tried: the shim does it.
   */
  static void sampleHeap() {
    if (HeapSampling.isWanted()) {
      libraryLoaded();
      if (NativeHeap.isLoaded()) {
        HeapSampling.start(ThreadWork.OWNER);
      } else {
        HeapSampling.stop();
      }
    }
  }

  /**
   * Counts no more: all libraries are as they were, but for the shim itself, which can't be
   * unloaded.
   */
  public static synchronized void stop() {
    loader = null;
    unavailable = null;
    HeapSampling.stop();
    if (NativeHeap.isLoaded()) {
      NativeHeap.restore();
      Inventory.release();
    }
  }

  private static void noteUnavailable() {
    if (unavailable != null) {
      NoteEvent event = new NoteEvent();
      event.text = "Native SQLite heap is unknown: " + unavailable;
      event.commit();
    }
  }

  /** True if the figures of SQLite's heap are complete. */
  static boolean isExact() {
    return unavailable == null && NativeHeap.isLoaded();
  }

  /** True if SQLite figures are unknown, as against zero because there is no SQLite. */
  static boolean isUnknown() {
    return unavailable != null;
  }
}
