// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.weak;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.nativeheap.Inventory;
import io.memreport.recorder.nativeheap.NativeHeap;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.Map;

/**
 * What soft references refer to: a full collection leaves it, and still it is no leak, for the JVM
 * clears it before it runs out of memory. Likewise values of a {@code WeakHashMap} whose keys are
 * gone: it drops them when it is used next. Only arrays and strings are counted, which is what
 * caches of much memory hold. It takes a walk over the heap, so only tests that left much are asked
 * for.
 */
public final class SoftlyHeld {
  /** Half of what is called a leak: what is not asked for counts as of the next test that is. */
  public static final long WORTH_A_LOOK = 1 << 20;

  private static final long HEADER = 16;

  private static long last;

  private SoftlyHeld() {}

  /**
   * Bytes that came to be held so since this was last asked; unknown where the heap can't be
   * walked.
   */
  public static synchronized long sinceLast() {
    long sum = now();
    if (sum == MemreportEvent.UNKNOWN) {
      return sum;
    }
    long more = sum - last;
    last = sum;
    return Math.max(0, more);
  }

  /** Bytes that are held so; unknown where the heap can't be walked. */
  public static long now() {
    Class<?>[] kinds = NativeHeap.isLoaded() ? kinds() : null;
    Object[] references = kinds == null ? null : Inventory.instances(kinds);
    if (references == null) {
      return MemreportEvent.UNKNOWN;
    }
    long sum = 0;
    for (Object reference : references) {
      sum += held((Reference<?>) reference);
    }
    return sum;
  }

  private static Class<?>[] kinds() {
    // Caches have references of their own, which know their keys.
    Class<?>[] soft = Inventory.subclasses(SoftReference.class);
    try {
      Class<?> entry = Class.forName("java.util.WeakHashMap$Entry");
      Class<?>[] kinds = soft == null ? null : Arrays.copyOf(soft, soft.length + 1);
      if (kinds != null) {
        kinds[soft.length] = entry;
      }
      return kinds;
    } catch (ClassNotFoundException e) {
      return soft;
    }
  }

  static long held(Reference<?> reference) {
    Object referent = reference.get();
    if (reference instanceof SoftReference) {
      return size(referent);
    }
    return referent == null && reference instanceof Map.Entry<?, ?> entry
        ? size(entry.getValue())
        : 0;
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
