// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import static io.memreport.recorder.event.MemreportEvent.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("counts the collections of this JVM")
class FullCollectionTest {
  /** An array of such a size has a region of G1's to itself that is half empty. */
  private static final int ABOVE_HALF_A_REGION = (1 << 20) + 64;

  /** Written only: what lives through a collection. */
  @SuppressWarnings("UnusedVariable")
  private static volatile Object kept;

  @AfterEach
  void let_go() {
    kept = null;
  }

  @Test
  void where_nothing_grew_one_collection_is_enough() {
    kept = new byte[16][ABOVE_HALF_A_REGION];
    FullCollection.survivors(UNKNOWN);
    long live = FullCollection.survivors(UNKNOWN);
    long before = full();
    assertThat(FullCollection.survivors(live)).isCloseTo(live, within(128L << 10));
    assertThat(full()).isEqualTo(before + 1);
  }

  @Test
  void what_grew_may_be_garbage_with_finalizers_and_is_collected_twice() {
    long live = FullCollection.survivors(UNKNOWN);
    kept = new byte[32 << 20];
    long before = full();
    FullCollection.survivors(live);
    assertThat(full()).isGreaterThanOrEqualTo(before + 2);
  }

  private static long full() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !collector.getName().matches(".*(Young|New|Copy|Scavenge).*"))
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }
}
