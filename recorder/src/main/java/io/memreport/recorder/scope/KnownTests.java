// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.weak.TaskTable;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tests by number: those that run, and those that ended last, as what they handed over may run
 * later. Bounded: of the others nothing is kept.
 */
final class KnownTests {
  private static final int SIZE = 1 << 10;

  /** A test lies at one of so many places. */
  private static final int PLACES = 8;

  private static final AtomicReferenceArray<TestScope> TESTS = new AtomicReferenceArray<>(SIZE);

  private KnownTests() {}

  /** One thread at a time adds. */
  static void add(TestScope test) {
    int first = TaskTable.key(test.id);
    int at = first;
    for (int i = PLACES - 1; i >= 0; i--) {
      TestScope there = TESTS.get(place(first, i));
      if (there == null || there.isFinished()) {
        at = first + i;
      }
    }
    TESTS.set(place(at, 0), test);
  }

  /** The test of this key, or null if it is not known any more. */
  static TestScope find(int key) {
    if (key == TaskTable.UNKNOWN) {
      return null;
    }
    for (int i = 0; i < PLACES; i++) {
      TestScope there = TESTS.get(place(key, i));
      if (there != null && TaskTable.key(there.id) == key) {
        return there;
      }
    }
    return null;
  }

  static boolean isRunning(int key) {
    TestScope test = find(key);
    return test != null && !test.isFinished();
  }

  /** A run ends. */
  static void forget() {
    for (int i = 0; i < SIZE; i++) {
      TESTS.set(i, null);
    }
  }

  private static int place(int first, int i) {
    return first + i & SIZE - 1;
  }
}
