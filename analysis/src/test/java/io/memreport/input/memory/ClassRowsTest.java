// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.AHeapSite;
import io.memreport.model.memory.ClassUse;
import io.memreport.model.memory.HeapSite;
import io.memreport.recorder.event.heap.ClassRetainedEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassRowsTest {
  private static final long MIB = 1 << 20;
  private static final String LINE = "shop.Cache.put(Cache.java:42)";
  private static final String OTHER = "shop.Cart.add(Cart.java:7)";

  private final ClassRows rows = new ClassRows();

  @Test
  void histograms_are_exact_and_samples_tell_where() {
    counted(7, "byte[]", 5);
    counted(7, "shop.Cart", 9);
    counted(8, "byte[]", 90);
    assertThat(rows.of(7, List.of(site(1, LINE, "byte[]", 1), site(3, OTHER, "byte[]", 1))))
        .containsExactly(
            new ClassUse("shop.Cart", null, 9 * MIB, 0), new ClassUse("byte[]", OTHER, 5 * MIB, 0));
  }

  @Test
  void without_histograms_samples_are_added_up_by_class_and_line() {
    assertThat(
            rows.of(
                7,
                List.of(
                    site(1, LINE, "byte[]", 3),
                    site(2, LINE, "byte[]", 4),
                    site(1, OTHER, "byte[]", 1))))
        .containsExactly(
            new ClassUse("byte[]", LINE, 3 * MIB, 5 * MIB),
            new ClassUse("byte[]", OTHER, MIB, MIB));
  }

  @Test
  void the_twenty_largest_are_told() {
    for (int i = 1; i <= 21; i++) {
      counted(7, "shop.C" + i, i);
    }
    assertThat(rows.of(7, List.of()))
        .hasSize(20)
        .extracting(ClassUse::liveBytes)
        .doesNotContain(MIB)
        .startsWith(21 * MIB);
  }

  @Test
  void damaged_events_say_nothing() {
    counted(7, null, 5);
    counted(7, "shop.Cart", 0);
    assertThat(rows.of(7, List.of())).isEmpty();
  }

  private void counted(long test, String className, long mib) {
    ClassRetainedEvent event = new ClassRetainedEvent();
    event.testId = test;
    event.className = className;
    event.bytes = mib * MIB;
    rows.add(event);
  }

  private static HeapSite site(long mib, String line, String className, long error) {
    return AHeapSite.of("run", mib).at(line).ofClass(className).error(error).build();
  }
}
