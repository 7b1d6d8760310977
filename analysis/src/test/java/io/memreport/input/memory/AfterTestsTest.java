// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.memory.LastCollection.KeptLoaders;
import io.memreport.recorder.event.heap.KeptLoadersEvent;
import io.memreport.recorder.event.heap.LastCollectionEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AfterTestsTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Map<Long, String> IDS = Map.of(1L, "t1", 2L, "t2");

  private final AfterTests tests = new AfterTests();

  @Test
  void without_a_collection_nothing_is_known() {
    assertThat(tests.last(IDS)).isNull();
    assertThat(tests.heldSoftly()).isNull();
  }

  @Test
  void the_later_of_two_holds_whichever_is_read_first() {
    collected(2, 20);
    collected(1, 10);
    assertThat(tests.last(IDS).filesLeft()).isEqualTo(20);
    collected(3, 30);
    assertThat(tests.last(IDS).filesLeft()).isEqualTo(30);
    assertThat(tests.last(IDS).at()).isEqualTo(NOON.plusSeconds(3));
    assertThat(tests.last(IDS).jarsOpened()).isNull();
  }

  @Test
  void loaders_that_are_gone_later_are_not_kept() {
    collected(1, 0);
    loaders(2, 1, 250);
    loaders(2, 2, 16);
    loaders(3, 1, 0);
    loaders(2, 3, 99);
    assertThat(tests.last(IDS).loaders())
        .as("nor those of a test that nothing is known of")
        .containsExactly(new KeptLoaders("t2", "shop.Loader", "shop.Plugin", 16));
  }

  private void collected(int second, long files) {
    LastCollectionEvent event = new LastCollectionEvent();
    event.filesLeft = files;
    tests.add(event, NOON.plusSeconds(second));
  }

  private void loaders(int second, long test, long count) {
    KeptLoadersEvent event = new KeptLoadersEvent();
    event.testId = test;
    event.loader = "shop.Loader";
    event.className = "shop.Plugin";
    event.count = count;
    tests.add(event, NOON.plusSeconds(second));
  }
}
