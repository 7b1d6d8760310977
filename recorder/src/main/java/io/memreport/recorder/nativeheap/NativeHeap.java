// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The shim that counts what native libraries take from malloc. */
public final class NativeHeap {
  /** Offset in {@link #currentThread}: bytes that SQLite handed out on this thread. */
  public static final int ALLOCATED = 0;

  /** Offset: bytes that SQLite gave back on this thread. */
  public static final int FREED = 8;

  /** Offset: the most that was held, by the thread and its workers, since this was last set. */
  public static final int PEAK = 16;

  /** Offset: bytes handed out on threads that SQLite started for this one. */
  public static final int ADOPTED_ALLOCATED = 24;

  /** Offset: bytes given back on threads that SQLite started for this one. */
  public static final int ADOPTED_FREED = 32;

  /** Offset: rows that statements stepped over in full scans, see {@link SqliteApi#collect}. */
  public static final int FULL_SCAN_STEPS = 40;

  /** Offset: sorts that statements did. */
  public static final int SORTS = 48;

  /** Offset: rows that statements put into indexes of the moment. */
  public static final int AUTO_INDEX_ROWS = 56;

  /** Offset: instructions of SQLite's virtual machine that statements ran. */
  public static final int VM_STEPS = 64;

  /**
   * Offset: the id of the test that this thread works for while that runs, written by Java;
   * negative if the work is that test's even when it is over; 0 for none.
   */
  public static final int TEST = 72;

  private static volatile boolean loaded;

  private NativeHeap() {}

  /**
   * Loads the shim, once.
   *
   * @param library the library for {@link NativePlatform#directory this platform}
   * @return null, or why it can't be loaded
   */
  public static synchronized String load(Path library) {
    if (!loaded) {
      try {
        QuietLoad.load(library.toAbsolutePath().toString());
        Inventory.keep(library.toAbsolutePath());
        loaded = true;
      } catch (UnsatisfiedLinkError | RuntimeException e) {
        return "the JVM did not load its library: " + e.getMessage();
      }
    }
    return null;
  }

  /** Whether the other methods may be called. */
  public static boolean isLoaded() {
    return loaded;
  }

  /**
   * Accounts libraries that appeared since the last call; costs a microsecond if none did.
   *
   * @param allLibraries whether to account each library that is not the JVM's or the system's own,
   *     not just SQLite
   * @return whether any appeared or went, so that {@link #libraries} may say other things
   */
  public static boolean patch(boolean allLibraries) {
    return scan(allLibraries, false, System.getProperty("java.home"));
  }

  /**
   * Puts all relocation tables back; figures of libraries begin anew with the next {@link #patch}.
   */
  public static void restore() {
    scan(false, true, System.getProperty("java.home"));
  }

  /**
   * Whether another tool has, since the last call, changed the tables of libraries that are
   * accounted: their figures are unknown from then on. Costs 10 to 30 microseconds.
   */
  public static native boolean takenOver();

  /**
   * The current thread's counters, to be read at the offsets above by that thread only: then
   * reading them costs no call. They go on with what an earlier thread counted: compare, don't
   * trust zero.
   *
   * @return null if there is no memory for them
   */
  public static ByteBuffer currentThread() {
    ByteBuffer counters = currentRecord();
    return counters == null ? null : counters.order(ByteOrder.nativeOrder());
  }

  /** The libraries that were found so far. */
  public static List<LibraryHeap> libraries() {
    List<LibraryHeap> libraries = new ArrayList<>();
    long[] figures = new long[3];
    int slots = slots();
    for (int slot = 0; slot < slots; slot++) {
      String refusal = slotRefusal(slot);
      if (refusal == null) {
        slotFigures(slot, figures);
      } else {
        Arrays.fill(figures, 0);
      }
      libraries.add(
          new LibraryHeap(
              slotName(slot), slotIsSqlite(slot), refusal, figures[0], figures[1], figures[2]));
    }
    return libraries;
  }

  private static native boolean scan(boolean all, boolean restore, String javaHome);

  private static native ByteBuffer currentRecord();

  private static native int slots();

  private static native String slotName(int slot);

  private static native String slotRefusal(int slot);

  private static native boolean slotIsSqlite(int slot);

  private static native void slotFigures(int slot, long[] heldPeakAllocated);
}
