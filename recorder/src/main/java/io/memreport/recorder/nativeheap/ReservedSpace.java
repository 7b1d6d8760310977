// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import java.nio.charset.Charset;
import java.nio.file.Path;

/**
 * Blocks of a disk behind the end of a file, which what is appended next takes: fallocate(2) with
 * FALLOC_FL_KEEP_SIZE. Does nothing unless {@link NativeHeap#isLoaded}.
 */
public final class ReservedSpace {
  private ReservedSpace() {}

  /**
   * Gives a file blocks behind its end.
   *
   * @return whether it has them; false also where the file system knows no such thing
   */
  public static boolean reserve(Path file, long bytes) {
    return NativeHeap.isLoaded() && reserve(name(file), bytes) == 0;
  }

  /** Takes the blocks behind its end from a file that nobody writes any more. */
  public static void release(Path file) {
    if (NativeHeap.isLoaded()) {
      release(name(file));
    }
  }

  /** As the JDK itself hands names to the system. */
  private static byte[] name(Path file) {
    String encoding = System.getProperty("sun.jnu.encoding");
    return file.toString()
        .getBytes(encoding == null ? Charset.defaultCharset() : Charset.forName(encoding));
  }

  /** Returns 0, or the number of the error. */
  private static native int reserve(byte[] file, long bytes);

  /** Returns 0, or the number of the error. */
  private static native int release(byte[] file);
}
