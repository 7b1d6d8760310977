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
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Relations;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java heap of tests in the map, by the lines that allocated it. */
class SharesTest {
  private static final long MIB = 1 << 20;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String LINE = "shop.Cache.put(Cache.java:42)";
  private static final String OTHER = "shop.Index.add(Index.java:7)";

  private final ATest test = ATest.of("r", "fills");
  private final SomeFacts some = new SomeFacts().run(ARun.of("r", NOON));

  @Test
  void without_an_exact_figure_samples_tell_what_is_in_use() {
    some.test(test)
        .heap(site(10, LINE).inUse(4))
        .heap(site(9, OTHER).inUse())
        .heap(site(50, "shop.Burst.run(Burst.java:1)"));
    Part heap = heap();
    assertThat(heap.bytes()).isEqualTo(13 * MIB);
    assertThat(heap.parts().get(0).parts())
        .extracting(Part::label, Part::bytes)
        .containsExactly(tuple(LINE, 4 * MIB), tuple(OTHER, 9 * MIB));
  }

  @Test
  void an_exact_figure_is_never_less_than_its_lines() {
    some.test(test.retained(11 * MIB)).heap(site(10, LINE).inUse()).heap(site(9, OTHER).inUse());
    Part heap = heap();
    assertThat(heap.bytes()).isEqualTo(11 * MIB);
    assertThat(heap.parts().get(0).parts()).extracting(Part::label).containsExactly(LINE);
  }

  @Test
  void what_no_full_collection_met_is_not_left_by_anybody() {
    some.test(test).heap(site(50, LINE));
    assertThat(kinds()).isEmpty();
  }

  private AHeapSite site(long mib, String line) {
    return AHeapSite.of("r", mib).by(test).at(line);
  }

  private Part heap() {
    return kinds().get(0).part();
  }

  private List<Icicle.Root> kinds() {
    PostMortem postMortem = Diagnosis.of(some.build());
    return new Shares(postMortem, new Names(postMortem), Relations.of(postMortem), false).kinds();
  }
}
