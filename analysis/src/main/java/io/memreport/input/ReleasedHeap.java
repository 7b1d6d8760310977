// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Java heap that tests left behind and that was gone when their class ended: its fixtures then gave
 * back more than they took. Fields of an instance that all tests of a class share are the usual
 * case.
 */
final class ReleasedHeap {
  private ReleasedHeap() {}

  /** Bytes by the id of the test that had left them: fixtures first, then the latest tests. */
  static Map<Long, Long> of(RunData data) {
    Map<Long, Long> released = new HashMap<>();
    for (TestData scope : data.tests.values()) {
      if ("class".equals(scope.kind) && scope.heapRetained != null && scope.heapRetained < 0) {
        long left = -scope.heapRetained;
        List<TestData> tests =
            data.tests.values().stream()
                .filter(test -> test.heapRetained != null && test.heapRetained > 0)
                .filter(test -> test.parent == scope.id || isOfSameClass(data, test, scope))
                .sorted(
                    Comparator.comparing((TestData test) -> !"class".equals(test.kind))
                        .thenComparing(Comparator.comparingLong((TestData t) -> t.id).reversed()))
                .toList();
        for (TestData test : tests) {
          long bytes = Math.min(left, test.heapRetained);
          left -= bytes;
          released.put(test.id, bytes);
        }
      }
    }
    return released;
  }

  /** Where each fixture of a class is bracketed by itself, as with TestNG, none encloses a test. */
  private static boolean isOfSameClass(RunData data, TestData test, TestData scope) {
    return scope.className != null
        && scope.className.equals(test.className)
        && test.id < scope.id
        && data.tests.values().stream().noneMatch(other -> other.parent == scope.id);
  }
}
