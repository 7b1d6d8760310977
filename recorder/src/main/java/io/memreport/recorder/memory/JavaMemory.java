// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.memory.MemorySampleEvent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** What the JVM says of its own memory. */
final class JavaMemory {
  private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
  private final List<BufferPoolMXBean> buffers =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);

  void fill(MemorySampleEvent sample) {
    MemoryUsage heap = memory.getHeapMemoryUsage();
    sample.heapUsed = heap.getUsed();
    sample.heapCommitted = heap.getCommitted();
    sample.threads = threads.getThreadCount();
    long metaspace = 0;
    long code = 0;
    for (MemoryPoolMXBean pool : pools) {
      if (pool.getType() == MemoryType.NON_HEAP) {
        String name = pool.getName();
        if (name.equals("Metaspace")) {
          // "Compressed Class Space" is a part of it.
          metaspace += pool.getUsage().getCommitted();
        } else if (name.startsWith("Code")) {
          code += pool.getUsage().getCommitted();
        }
      }
    }
    sample.metaspaceCommitted = metaspace;
    sample.codeCacheCommitted = code;
    long mapped = 0;
    for (BufferPoolMXBean pool : buffers) {
      if (pool.getName().equals("direct")) {
        sample.directBuffers = pool.getMemoryUsed();
      } else {
        mapped += pool.getMemoryUsed();
      }
    }
    sample.mappedBuffers = mapped;
  }
}
