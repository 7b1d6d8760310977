// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Java heap that tests left behind and that was gone later: the fixtures of their class, or a later
 * test, then gave back more than they took. Fields of an instance that all tests of a class share
 * are the usual case, and work that a test does not wait for. So is what a later test replaced, as
 * in a cache of a fixed size: its objects live, and the heap is no larger for them.
 */
final class ReleasedHeap {
  /** Less comes and goes by itself, with what the JVM compiles and loads. */
  private static final long WORTH_A_LOOK = 128 << 10;

  /** Samples of an object about each 512 KiB tell for sure of so much whether it lives. */
  private static final long SHOWN_BY_SAMPLES = 4 << 20;

  private final RunData data;
  private final Map<Long, Long> released = new HashMap<>();
  private long replaced;

  private ReleasedHeap(RunData data) {
    this.data = data;
  }

  /** Bytes by the id of the test that had left them: fixtures first, then the latest tests. */
  static Map<Long, Long> of(RunData data) {
    ReleasedHeap heap = new ReleasedHeap(data);
    data.tests.values().stream()
        .filter(scope -> scope.heapRetained != null && scope.heapRetained < 0)
        .sorted(Comparator.comparingLong(scope -> scope.id))
        .forEach(heap::giveBack);
    heap.replace();
    return heap.released;
  }

  private void giveBack(TestData scope) {
    if ("class".equals(scope.kind)) {
      takeOff(
          -scope.heapRetained,
          test -> test.parent == scope.id || isOfSameClass(test, scope),
          Comparator.comparing(test -> !"class".equals(test.kind)));
    } else if (scope.heapRetained <= -WORTH_A_LOOK) {
      takeOff(
          -scope.heapRetained,
          test -> test.id < scope.id && (test.isSoft() || isGone(test)),
          Comparator.comparing(test -> !test.isSoft()));
    }
  }

  private void takeOff(long bytes, Predicate<TestData> from, Comparator<TestData> first) {
    long left = bytes;
    List<TestData> tests =
        data.tests.values().stream()
            .filter(test -> test.heapRetained != null && test.heapRetained > 0)
            .filter(from)
            .sorted(first.thenComparing(Comparator.comparingLong((TestData t) -> t.id).reversed()))
            .toList();
    for (TestData test : tests) {
      long before = released.getOrDefault(test.id, 0L);
      long lives = data.heap.provenAtLeast(test.id);
      long more = Math.min(left, Math.max(0, test.heapRetained - before - lives));
      left -= more;
      released.put(test.id, before + more);
    }
  }

  /** The earliest tests first, as caches throw away what is oldest. */
  private void replace() {
    data.tests.values().stream()
        .filter(test -> test.heapRetained != null && test.heapRetained > 0 && isGone(test))
        .sorted(Comparator.comparingLong(test -> test.id))
        .forEach(
            test -> {
              long before = released.getOrDefault(test.id, 0L);
              long gone = test.heapRetained - before - data.heap.proven(test.id);
              long more = Math.min(gone, replacedAfter(test) - replaced);
              if (more > 0) {
                released.put(test.id, before + more);
                replaced += more;
              }
            });
  }

  /** What objects of later tests live beyond what these tests made the heap grow by. */
  private long replacedAfter(TestData test) {
    return data.tests.values().stream()
        .filter(later -> later.id > test.id && later.heapRetained != null)
        .mapToLong(
            later ->
                Math.max(0, data.heap.provenAtLeast(later.id) - Math.max(0, later.heapRetained)))
        .sum();
  }

  /** By samples: of its objects none or few survived a collection and live at the end. */
  private boolean isGone(TestData test) {
    return test.heapRetained >= SHOWN_BY_SAMPLES
        && data.heap.isKnown()
        && data.heap.proven(test.id) < test.heapRetained / 2;
  }

  /** Where each fixture of a class is bracketed by itself, as with TestNG, none encloses a test. */
  private boolean isOfSameClass(TestData test, TestData scope) {
    return scope.className != null
        && scope.className.equals(test.className)
        && test.id < scope.id
        && data.tests.values().stream().noneMatch(other -> other.parent == scope.id);
  }
}
