// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** Asks for a full collection and tells what survived it. */
final class FullCollection {
  private FullCollection() {}

  /**
   * Bytes of Java heap in use right after a full collection, or {@link MemreportEvent#UNKNOWN} if
   * the JVM did not collect, as under {@code -XX:+DisableExplicitGC}, or does not tell.
   */
  static long survivors() {
    long collections = collections();
    System.gc();
    if (collections() == collections) {
      return MemreportEvent.UNKNOWN;
    }
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        MemoryUsage afterCollection = pool.getCollectionUsage();
        if (afterCollection == null) {
          return MemreportEvent.UNKNOWN;
        }
        used += afterCollection.getUsed();
      }
    }
    return used;
  }

  private static long collections() {
    long sum = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      sum += collector.getCollectionCount();
    }
    return sum;
  }
}
