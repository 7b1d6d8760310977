// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import com.sun.management.ThreadMXBean;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.proc.ProcFile;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;

/**
 * What tells, without a collection, that little can have come to the memory of this JVM: some ten
 * microseconds.
 *
 * @param allocated bytes that all threads have allocated in the Java heap; those that live, where
 *     the JVM does not count the others
 * @param ended threads that are over and whose bytes are missing there
 * @param collections of any kind that there were
 * @param used bytes in use, with garbage and with what threads have reserved to allocate in
 * @param direct bytes of direct buffers
 * @param resident bytes of the process in memory
 */
public record HeapLook(
    long allocated, long ended, long collections, long used, long direct, long resident) {
  /** Less is not worth a collection. */
  static final long LITTLE = 2 << 20;

  /** Pages come and go by themselves. */
  static final long LITTLE_RESIDENT = 4 << 20;

  private static final ProcFile STATUS = new ProcFile(ProcFile.ROOT + "/self/status");

  /** One thread at a time. */
  static HeapLook now() {
    return new HeapLook(
        Threads.allocated(),
        Threads.ended(),
        FullCollection.collections(),
        Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
        DirectBuffers.used(),
        STATUS.read() ? STATUS.kilobytes("VmRSS:") : MemreportEvent.UNKNOWN);
  }

  /**
   * Bytes allocated since, or {@link MemreportEvent#UNKNOWN}. Where threads took what they
   * allocated with them it is what came into use, which is more; a collection hides it, and so may
   * one that goes on beside the program and frees regions without being counted.
   */
  long allocatedSince(HeapLook before) {
    if (allocated == MemreportEvent.UNKNOWN) {
      return MemreportEvent.UNKNOWN;
    }
    if (ended == before.ended) {
      return allocated - before.allocated;
    }
    return collections == before.collections && used >= before.used
        ? used - before.used
        : MemreportEvent.UNKNOWN;
  }

  /** Whether so little is new that a collection can wait. */
  boolean isLittleSince(HeapLook before) {
    long allocatedSince = allocatedSince(before);
    return allocatedSince != MemreportEvent.UNKNOWN
        && allocatedSince < LITTLE
        && direct <= before.direct
        && resident - before.resident < LITTLE_RESIDENT;
  }

  /** Management beans are slow to start: only who asks has them. */
  private static final class Threads {
    private static final ThreadMXBean BEAN =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported()
                && threads.isThreadAllocatedMemoryEnabled()
            ? threads
            : null;

    /** Since JDK 21 (JDK-8304074), with threads that are over; null before. */
    private static final MethodHandle TOTAL = total();

    private static MethodHandle total() {
      try {
        return MethodHandles.publicLookup()
            .findVirtual(
                ThreadMXBean.class,
                "getTotalThreadAllocatedBytes",
                MethodType.methodType(long.class));
      } catch (NoSuchMethodException | IllegalAccessException e) {
        return null;
      }
    }

    static long allocated() {
      if (BEAN == null) {
        return MemreportEvent.UNKNOWN;
      }
      if (TOTAL != null) {
        try {
          return (long) TOTAL.invokeExact(BEAN);
        } catch (Throwable e) {
          return MemreportEvent.UNKNOWN;
        }
      }
      long sum = 0;
      for (long bytes : BEAN.getThreadAllocatedBytes(BEAN.getAllThreadIds())) {
        sum += Math.max(0, bytes);
      }
      return sum;
    }

    static long ended() {
      return BEAN == null || TOTAL != null
          ? 0
          : BEAN.getTotalStartedThreadCount() - BEAN.getThreadCount();
    }
  }
}
