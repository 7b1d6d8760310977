// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.AHeapSite;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.PostMortem;
import io.memreport.model.memory.Allocation;
import io.memreport.report.html.map.HeapGraph.Entry;
import io.memreport.report.html.part.Names;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java heap by test, class and line. */
class HeapGraphTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String LINE = "shop.Cache.put(Cache.java:42)";

  private final ATest test = ATest.of("r", "fills");
  private final SomeFacts some = new SomeFacts().run(ARun.of("r", NOON)).test(test);

  private List<HeapGraph> graphs() {
    PostMortem postMortem = Diagnosis.of(some.build());
    return HeapGraph.of(postMortem, new Names(postMortem));
  }

  @Test
  void what_lives_is_told_by_test_then_class_then_line() {
    some.heap(AHeapSite.of("r", 10).by(test).at(LINE))
        .heap(AHeapSite.of("r", 4).by(test).at("shop.Index.add(Index.java:7)"))
        .heap(AHeapSite.of("r", 6).by(test).at(LINE).ofClass("int[]"))
        .heap(AHeapSite.of("r", 20).at(LINE));
    HeapGraph live = graphs().get(0);
    assertThat(live.id()).isEqualTo("heap-live");
    assertThat(live.note()).contains("from 40 sampled objects");
    assertThat(live.icicle().total()).isEqualTo("40.0 MiB");
    assertThat(live.icicle().rows()).isEqualTo(4);
    assertThat(live.tests())
        .extracting(Entry::label, Entry::bytes)
        .containsExactly(tuple("fills", "20.0 MiB"), tuple("of no single test", "20.0 MiB"));
    Entry fills = live.tests().get(0);
    assertThat(fills.row().anchor()).isEqualTo("test-r~2ffills");
    assertThat(fills.parts())
        .extracting(Entry::label, Entry::bytes)
        .containsExactly(tuple("byte[]", "14.0 MiB"), tuple("int[]", "6.00 MiB"));
    assertThat(fills.parts().get(0).parts())
        .extracting(Entry::label, Entry::bytes)
        .containsExactly(
            tuple(LINE, "10.0 MiB"), tuple("shop.Index.add(Index.java:7)", "4.00 MiB"));
  }

  @Test
  void a_box_leads_to_its_test_and_narrows_the_tables_to_it() {
    some.heap(AHeapSite.of("r", 10).by(test).at(LINE));
    assertThat(graphs().get(0).icicle().boxes())
        .extracting(Icicle.Box::row, Icicle.Box::label, Icicle.Box::tests)
        .containsExactly(
            tuple(0, "Java heap", "test-r~2ffills"),
            tuple(1, "fills", "test-r~2ffills"),
            tuple(2, "byte[]", "test-r~2ffills"),
            tuple(3, LINE, "test-r~2ffills"));
  }

  @Test
  void a_box_has_as_much_of_its_name_as_has_room() {
    some.heap(AHeapSite.of("r", 95).by(test).at(LINE))
        .heap(AHeapSite.of("r", 4).by(test).at("shop.Index.add(Index.java:7)"))
        .heap(AHeapSite.of("r", 1).by(test).at("shop.Queue.put(Queue.java:9)"));
    assertThat(graphs().get(0).icicle().boxes().stream().filter(box -> box.row() == 3))
        .extracting(Icicle.Box::text, Icicle.Box::label)
        .containsExactly(
            tuple(LINE, LINE),
            tuple("shop.Ind", "shop.Index.add(Index.java:7)"),
            tuple("", "shop.Queue.put(Queue.java:9)"));
  }

  @Test
  void what_was_allocated_is_a_graph_of_its_own() {
    String id = test.build().id();
    some.allocated(new Allocation("r", id, "shop.Cache.put:42", "byte[]", 5 << 20, 31))
        .allocated(new Allocation("r", null, null, null, 1 << 20, 1));
    HeapGraph allocated = graphs().get(0);
    assertThat(allocated.id()).isEqualTo("heap-allocated");
    assertThat(allocated.note()).contains("from 32 sampled objects");
    assertThat(allocated.tests())
        .extracting(Entry::label, Entry::bytes)
        .containsExactly(tuple("fills", "5.00 MiB"), tuple("outside of tests", "1.00 MiB"));
    Entry none = allocated.tests().get(1).parts().get(0);
    assertThat(none.label()).isEqualTo("unknown class");
    assertThat(none.parts().get(0).label()).isEqualTo("no line of the application");
  }

  @Test
  void the_list_has_the_largest_eight_and_counts_the_others() {
    for (int i = 1; i <= 10; i++) {
      ATest one = ATest.of("r", "test" + i);
      some.test(one).heap(AHeapSite.of("r", i).by(one).at(LINE));
    }
    HeapGraph live = graphs().get(0);
    assertThat(live.tests())
        .hasSize(8)
        .extracting(Entry::label)
        .startsWith("test10")
        .endsWith("test3");
    assertThat(live.more()).isEqualTo(2);
  }

  @Test
  void a_few_bytes_are_no_picture() {
    some.allocated(new Allocation("r", null, null, "byte[]", (64 << 10) - 1, 1));
    assertThat(graphs()).isEmpty();
    some.allocated(new Allocation("r", null, null, "byte[]", 1, 1));
    assertThat(graphs()).hasSize(1);
  }
}
