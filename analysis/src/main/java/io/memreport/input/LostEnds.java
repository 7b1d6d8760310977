// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxTest;
import io.memreport.recorder.box.BoxLayout;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds tests that are over although no event says so: JFR drops events when its buffers are full,
 * and damage takes others. Whoever is held to run still would be blamed for what others took.
 */
final class LostEnds {
  private final RunData data;
  private final List<TestData> byStart;

  private LostEnds(RunData data) {
    this.data = data;
    byStart =
        data.tests.values().stream()
            .filter(test -> test.startedAt != null)
            .sorted(Comparator.comparing((TestData test) -> test.startedAt))
            .toList();
  }

  /** Call once all is read. A black box knows what ran; without its word, the next test tells. */
  static void find(RunData data) {
    LostEnds ends = new LostEnds(data);
    List<BoxTest> boxed = data.box == null ? List.of() : data.box.tests();
    Set<Long> said = boxed.stream().map(BoxTest::id).collect(Collectors.toSet());
    long newest = boxed.stream().mapToLong(BoxTest::id).max().orElse(0);
    for (TestData test : ends.byStart) {
      if (test.ended || said.contains(test.id)) {
        continue;
      }
      Instant next = ends.nextOnThread(test);
      // The box keeps each test that runs; only one that is over makes room for others.
      if (next != null || newest - test.id > BoxLayout.TESTS) {
        test.over = true;
        test.overBy = next;
      }
    }
  }

  /** When its thread began a test that is none of its own. */
  private Instant nextOnThread(TestData test) {
    return byStart.stream()
        .filter(other -> other.startedAt.isAfter(test.startedAt))
        .filter(other -> test.thread > 0 && other.thread == test.thread && !encloses(test, other))
        .map(other -> other.startedAt)
        .findFirst()
        .orElse(null);
  }

  private boolean encloses(TestData outer, TestData inner) {
    long parent = inner.parent;
    // A damaged file may make rings of parents.
    for (int depth = 0; parent != 0 && depth < data.tests.size(); depth++) {
      if (parent == outer.id) {
        return true;
      }
      TestData around = data.tests.get(parent);
      parent = around == null ? 0 : around.parent;
    }
    return false;
  }
}
