// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.MemreportEvent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;

/**
 * Direct buffers of this JVM: all of them, and those that the JDK keeps for itself. A channel that
 * is given an array copies it through a direct buffer, which its thread keeps for the next time.
 */
public final class DirectBuffers {
  /** The JDK that no longer counts buffers of channels against the limit of direct buffers. */
  private static final int UNCOUNTED_SINCE = 24;

  private DirectBuffers() {}

  /** Bytes of all that were not collected, as the JDK counts them against its limit. */
  public static long used() {
    return Bean.DIRECT == null ? MemreportEvent.UNKNOWN : Bean.DIRECT.getMemoryUsed();
  }

  /**
   * Bytes that threads which live keep for channels; unknown where the JDK's classes can't be read.
   */
  public static long keptByJdk() {
    try {
      Object cache = field(Class.forName("sun.nio.ch.Util"), "bufferCache").get(null);
      long sum = 0;
      for (Thread thread : threads()) {
        sum += thread == null ? 0 : keptBy(thread, cache);
      }
      return sum;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return MemreportEvent.UNKNOWN;
    }
  }

  /** Whether those are among {@link #used()} (JDK-8344882). */
  static boolean areCounted() {
    return Runtime.version().feature() < UNCOUNTED_SINCE;
  }

  /** Only read: a table that another thread changes meanwhile is looked at as it is. */
  private static long keptBy(Thread thread, Object cache) throws ReflectiveOperationException {
    Object locals = field(Thread.class, "threadLocals").get(thread);
    Object[] table = locals == null ? null : (Object[]) field(locals, "table").get(locals);
    if (table != null) {
      for (Object entry : table) {
        if (entry instanceof Reference<?> key && key.get() == cache) {
          return bytes(field(entry, "value").get(entry));
        }
      }
    }
    return 0;
  }

  private static long bytes(Object cache) throws ReflectiveOperationException {
    long sum = 0;
    if (cache != null) {
      for (ByteBuffer buffer : (ByteBuffer[]) field(cache, "buffers").get(cache)) {
        sum += buffer == null ? 0 : buffer.capacity();
      }
    }
    return sum;
  }

  private static Field field(Object of, String name) throws ReflectiveOperationException {
    return field(of.getClass(), name);
  }

  private static Field field(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static Thread[] threads() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    // Twice as many as are counted: some may start meanwhile, and those beyond are left out.
    Thread[] threads = new Thread[2 * root.activeCount() + 1];
    root.enumerate(threads);
    return threads;
  }

  /** Management beans are slow to start: only who asks has them. */
  private static final class Bean {
    static final BufferPoolMXBean DIRECT =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElse(null);
  }
}
