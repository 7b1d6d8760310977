// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ASample;
import io.memreport.fixtures.ASuite;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.memory.MemorySample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreadHeapTest {
  private static final long MIB = 1 << 20;

  private final List<MemorySample> samples = new ArrayList<>();

  @Test
  void a_collection_may_have_touched_all_that_grew_then() {
    sample(100, 80, 60L);
    sample(112, 80, 10L);
    sample(120, 80, 14L);
    sample(200, 90, 15L);
    assertThat(UnreadHeap.grown(samples)).containsExactly(0, 10, 10, 10);
  }

  @Test
  void what_it_can_not_have_touched_is_of_new_objects() {
    sample(100, 80, 60L);
    sample(104, 80, 10L);
    sample(120, 80, 18L);
    sample(200, 90, 22L);
    assertThat(UnreadHeap.grown(samples)).containsExactly(0, 4, 8, 10);
  }

  @Test
  void objects_touch_no_more_than_they_take_and_than_resident_memory_grew_by() {
    sample(100, 80, 10L);
    sample(103, 80, 30L);
    sample(150, 80, 32L);
    sample(150, 90, 40L);
    assertThat(UnreadHeap.grown(samples)).containsExactly(0, 3, 5, 5);
  }

  @Test
  void a_heap_that_gave_memory_back_grew_by_nothing() {
    sample(100, 80, 60L);
    sample(112, 80, 10L);
    sample(150, 70, 20L);
    assertThat(UnreadHeap.grown(samples)).containsExactly(0, 0, 0);
  }

  @Test
  void what_is_not_known_grew_by_nothing() {
    sample(100, 80, null);
    sample(112, 90, 10L);
    assertThat(UnreadHeap.grown(samples)).containsExactly(0, 0);
    samples.clear();
    samples.add(ASample.of("r", ASuite.START).heapUsed(1L).build());
    samples.add(ASample.of("r", ASuite.START).heapUsed(9L).build());
    assertThat(UnreadHeap.grown(samples)).containsExactly(0, 0);
  }

  @Test
  void heap_that_a_collection_touched_before_a_test_is_not_taken_off_it() {
    ATest takes = ATest.of("r", "takes");
    SomeFacts facts = new SomeFacts().run(ARun.of("r", at(40)).ending(Ending.CLEAN));
    facts.test(takes).span(takes, at(12), at(19)).buffersOfJdk("r", 0);
    facts
        .sample(ASample.of("r", at(0)).rss(100 * MIB).heap(80 * MIB).heapUsed(60 * MIB).other(0L))
        .sample(
            ASample.of("r", at(10)).rss(112 * MIB).heap(80 * MIB).heapUsed(9 * MIB).other(12 * MIB))
        .sample(
            ASample.of("r", at(20))
                .rss(212 * MIB)
                .heap(92 * MIB)
                .heapUsed(9 * MIB)
                .other(100 * MIB)
                .stacks(1L))
        .sample(
            ASample.of("r", at(30))
                .rss(212 * MIB)
                .heap(92 * MIB)
                .heapUsed(9 * MIB)
                .other(100 * MIB)
                .stacks(1L));
    assertThat(new NativeMemoryRetained().examine(facts.build()))
        .singleElement()
        .satisfies(found -> assertThat(found.bytes() / MIB).isEqualTo(99));
  }

  private static Instant at(long seconds) {
    return ASuite.START.plusSeconds(seconds);
  }

  private void sample(long rss, long heap, Long used) {
    samples.add(ASample.of("r", ASuite.START).rss(rss).heap(heap).heapUsed(used).build());
  }
}
