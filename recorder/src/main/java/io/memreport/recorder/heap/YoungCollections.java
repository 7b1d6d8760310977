// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether garbage collections free objects that are tagged. Young ones of generational ZGC don't:
 * they take JVM TI's tags for references, and leave them to the next major collection. With 8,000
 * arrays of 1 MiB in 2 GiB on JDK 25 there were 11 major collections instead of 3.
 */
final class YoungCollections {
  private static final String GENERATIONAL_ZGC = "ZGC Minor ";

  private YoungCollections() {}

  /** Of the collector of this JVM. */
  static boolean keepWhatIsTagged() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .anyMatch(YoungCollections::keepWhatIsTagged);
  }

  /**
   * @param collector a name as {@link GarbageCollectorMXBean#getName} has it
   */
  static boolean keepWhatIsTagged(String collector) {
    return collector.startsWith(GENERATIONAL_ZGC);
  }
}
