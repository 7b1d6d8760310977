// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Facts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapLineTest {
  private static final long MIB = 1 << 20;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String LINE = "shop.Cache.put(Cache.java:42)";

  private final ATest test = ATest.of("r", "fills");

  @Test
  void classes_of_one_line_and_test_are_one_the_largest_first() {
    List<HeapLine> lines =
        lines(
            new SomeFacts()
                .test(test)
                .heap(AHeapSite.of("r", 3).by(test).at(LINE).ofClass("shop.Item").error(3))
                .heap(AHeapSite.of("r", 9).at(LINE))
                .heap(AHeapSite.of("r", 8).by(test).at(LINE).error(4).inUse(2)));
    assertThat(lines).hasSize(2);
    HeapLine first = lines.get(0);
    assertThat(first.bytes()).isEqualTo(11 * MIB);
    assertThat(first.errorBytes()).isEqualTo(5 * MIB);
    assertThat(first.bytesInUse()).isEqualTo(2 * MIB);
    assertThat(first.classes()).isEqualTo("byte[] and shop.Item");
    assertThat(first.sentence())
        .isEqualTo(
            "11.0 MiB (±45 %) of byte[] and shop.Item that no collection had freed came from "
                + LINE
                + " in OrderTest.fills()");
    assertThat(lines.get(1).test()).isNull();
    assertThat(lines.get(1).sentence())
        .isEqualTo("9.00 MiB of byte[] that no collection had freed came from " + LINE);
  }

  @Test
  void of_many_classes_two_are_told() {
    SomeFacts some = new SomeFacts();
    for (String name : List.of("a.A", "b.B", "c.C", "d.D")) {
      some.heap(AHeapSite.of("r", 1).at(LINE).ofClass(name));
    }
    assertThat(lines(some).get(0).classes()).isEqualTo("a.A, b.B and others");
  }

  @Test
  void other_runs_are_none_of_its() {
    assertThat(lines(new SomeFacts().heap(AHeapSite.of("other", 1).at(LINE)))).isEmpty();
  }

  @Test
  void an_error_below_a_hundredth_is_not_worth_a_word() {
    assertThat(HeapLine.estimate(1000, 9)).isEqualTo("1000 B");
    assertThat(HeapLine.estimate(1000, 10)).isEqualTo("1000 B (±1 %)");
  }

  private static List<HeapLine> lines(SomeFacts some) {
    Facts facts = some.run(ARun.of("r", NOON)).build();
    return HeapLine.of(facts, facts.runs().get(0));
  }
}
