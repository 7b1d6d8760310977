// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import io.memreport.recorder.proc.ProcFile;
import java.nio.file.Path;

/** What was there before the agent was. Call only while {@link NativeHeap#isLoaded}. */
public final class Inventory {
  /** Index into the figures of {@link #mallocFigures}: bytes of all arenas. */
  public static final int ARENAS = 0;

  /** Bytes of blocks that are so large that each is a mapping of its own. */
  public static final int MAPPED = 1;

  /** Bytes of the arenas that are free. */
  public static final int FREE = 2;

  private static final int NONE = -1;

  private static Path library;
  private static int file = NONE;

  private Inventory() {}

  /** Keeps the shim's file open: its name may go. */
  static synchronized void keep(Path shim) {
    library = shim;
    file = open(shim.toString());
  }

  /** Closes the shim's file. */
  public static synchronized void release() {
    if (file != NONE) {
      close(file);
      file = NONE;
    }
  }

  /** A path by which the loader finds the shim that is loaded already, not a second one. */
  public static synchronized String shim() {
    // Without its file only glibc finds it, by the name that it was loaded by.
    return file == NONE ? String.valueOf(library) : ProcFile.ROOT + "/self/fd/" + file;
  }

  /**
   * Finds the instances of exactly these classes, unreachable ones among them, with one walk over
   * the heap at a safepoint: JVM TI's IterateThroughHeap.
   *
   * @return null if this JVM can't
   */
  public static native Object[] instances(Class<?>[] classes);

  /**
   * A class and all loaded ones that extend it; a millisecond or so.
   *
   * @return null if this JVM can't tell
   */
  public static native Class<?>[] subclasses(Class<?> of);

  /**
   * What glibc's malloc took from the system, see {@code mallinfo2(3)}; it locks each arena for a
   * moment.
   *
   * @param figures takes three values, at the indexes above
   * @return false if this C library does not say
   */
  public static native boolean mallocFigures(long[] figures);

  private static native int open(String path);

  private static native void close(int file);
}
