// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.weak;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.nativeheap.Inventory;
import io.memreport.recorder.nativeheap.NativeHeap;
import java.lang.ref.SoftReference;

/**
 * What soft references refer to: a full collection leaves it, and still it is no leak, for the JVM
 * clears it before it runs out of memory. Only arrays and strings are counted, which is what caches
 * of much memory hold. It takes a walk over the heap, so only tests that left much are asked for.
 */
public final class SoftlyHeld {
  /** Less is not called a leak. */
  public static final long WORTH_A_LOOK = 2 << 20;

  private static final long HEADER = 16;

  private static long last;

  private SoftlyHeld() {}

  /** Bytes that came since this was last asked; unknown where the heap can't be walked. */
  public static synchronized long sinceLast() {
    long sum = now();
    if (sum == MemreportEvent.UNKNOWN) {
      return sum;
    }
    long more = sum - last;
    last = sum;
    return Math.max(0, more);
  }

  /** Bytes that soft references refer to; unknown where the heap can't be walked. */
  public static long now() {
    // Caches have references of their own, which know their keys.
    Class<?>[] kinds = NativeHeap.isLoaded() ? Inventory.subclasses(SoftReference.class) : null;
    Object[] references = kinds == null ? null : Inventory.instances(kinds);
    if (references == null) {
      return MemreportEvent.UNKNOWN;
    }
    long sum = 0;
    for (Object reference : references) {
      sum += size(((SoftReference<?>) reference).get());
    }
    return sum;
  }

  static long size(Object object) {
    if (object instanceof byte[] bytes) {
      return HEADER + bytes.length;
    }
    if (object instanceof char[] chars) {
      return HEADER + 2L * chars.length;
    }
    if (object instanceof short[] shorts) {
      return HEADER + 2L * shorts.length;
    }
    if (object instanceof int[] ints) {
      return HEADER + 4L * ints.length;
    }
    if (object instanceof float[] floats) {
      return HEADER + 4L * floats.length;
    }
    if (object instanceof long[] longs) {
      return HEADER + 8L * longs.length;
    }
    if (object instanceof double[] doubles) {
      return HEADER + 8L * doubles.length;
    }
    return object instanceof String string ? HEADER + string.length() : 0;
  }
}
