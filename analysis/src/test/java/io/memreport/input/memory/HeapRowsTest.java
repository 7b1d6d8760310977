// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.box.BoxHeap;
import io.memreport.model.memory.HeapSite;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeapRowsTest {
  private final HeapRows rows = new HeapRows();

  @Test
  void a_later_snapshot_replaces_all_before_it() {
    rows.add(row(1, 10));
    rows.add(row(2, 20));
    rows.add(row(2, 30));
    rows.add(row(1, 40));
    assertThat(sites()).extracting(HeapSite::bytes).containsExactly(20L, 30L);
  }

  @Test
  void what_lived_when_memory_ran_out_is_kept_whatever_comes_later() {
    HeapLiveEvent then = row(1, 10);
    then.exhausted = true;
    rows.add(then);
    rows.add(row(2, 20));
    rows.add(new BoxHeap(Instant.EPOCH, List.of(row(0, 30))));
    assertThat(rows.sitesWhenExhausted("run", Map.of()))
        .extracting(HeapSite::bytes)
        .containsExactly(10L);
    assertThat(sites()).extracting(HeapSite::bytes).containsExactly(30L);
  }

  @Test
  void one_that_has_nothing_large_does_too() {
    rows.add(row(1, 10));
    HeapLiveEvent nothing = new HeapLiveEvent();
    nothing.snapshot = 2;
    rows.add(nothing);
    assertThat(sites()).isEmpty();
  }

  @Test
  void the_black_box_is_newer() {
    rows.add(row(9, 10));
    rows.add(new BoxHeap(Instant.EPOCH, List.of(row(0, 20))));
    assertThat(sites()).extracting(HeapSite::bytes).containsExactly(20L);
  }

  @Test
  void a_site_is_the_library_s_frame_and_then_the_application_s() {
    HeapLiveEvent row = row(1, 10);
    row.site = "lib.Pool.grow(Pool.java:3)\nshop.A.a(A.java:1)\nshop.B.b(B.java:2)";
    rows.add(row);
    HeapSite site = sites().get(0);
    assertThat(site.via()).isEqualTo("lib.Pool.grow(Pool.java:3)");
    assertThat(site.frames()).containsExactly("shop.A.a(A.java:1)", "shop.B.b(B.java:2)");
    assertThat(site.testId()).isEqualTo("t-5");
    assertThat(site.errorBytes()).isEqualTo(6);
  }

  @Test
  void without_room_for_it_neither_is_known() {
    HeapLiveEvent row = row(1, 10);
    row.site = "";
    row.className = "";
    row.testId = 0;
    rows.add(row);
    HeapSite site = sites().get(0);
    assertThat(site.via()).isNull();
    assertThat(site.line()).isNull();
    assertThat(site.className()).isNull();
    assertThat(site.testId()).isNull();
  }

  @Test
  void what_can_t_be_is_damage() {
    HeapLiveEvent more = row(1, 10);
    more.proven = 5;
    rows.add(more);
    HeapLiveEvent survivors = row(1, 10);
    survivors.survivors = -1;
    rows.add(survivors);
    rows.add(row(1, 0));
    HeapLiveEvent nameless = row(1, 10);
    nameless.site = null;
    rows.add(nameless);
    assertThat(sites()).isEmpty();
  }

  private List<HeapSite> sites() {
    return rows.sites("r", Map.of(5L, "t-5"));
  }

  private static HeapLiveEvent row(long snapshot, long bytes) {
    HeapLiveEvent row = new HeapLiveEvent();
    row.snapshot = snapshot;
    row.testId = 5;
    row.bytes = bytes;
    row.deviation = 3;
    row.samples = 4;
    row.survivors = 3;
    row.proven = 2;
    row.site = "\nshop.A.a(A.java:1)";
    row.className = "byte[]";
    return row;
  }
}
