// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.nativeheap;

import java.nio.ByteBuffer;

/**
 * OutOfMemoryErrors that the JVM throws, by JVM TI's ResourceExhausted, and the status of a process
 * that exits. Does nothing unless {@link NativeHeap#isLoaded}.
 */
public final class Exhaustion {
  /** Held until others are told of: the shim stores into it. */
  private static ByteBuffer entries;

  private Exhaustion() {}

  /**
   * Tells of what comes from now on.
   *
   * @param place where {@link io.memreport.recorder.box.BoxLayout} has entries of it, all zeros
   * @return false if this JVM can't tell
   */
  public static synchronized boolean tellIn(ByteBuffer place) {
    entries = place;
    return NativeHeap.isLoaded() && listen(place);
  }

  /** Tells no more: what was given may go. */
  public static synchronized void stop() {
    if (NativeHeap.isLoaded()) {
      listen(null);
    }
    entries = null;
  }

  private static native boolean listen(ByteBuffer place);
}
