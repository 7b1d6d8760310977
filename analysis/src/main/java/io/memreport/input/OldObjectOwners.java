// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.OldObject;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** Finds the tests that allocated the objects which lived at the end. */
final class OldObjectOwners {
  /** More of them say nothing more. */
  private static final int MOST_PER_TEST = 10;

  private OldObjectOwners() {}

  /**
   * By thread and time; if no test ran on that thread then, by time, if only one did; if none did,
   * those of fixtures of a class.
   */
  static void assign(RunData data) {
    Set<String> seen = new HashSet<>();
    data.oldObjects.sort(Comparator.comparingInt(OldObject::rank));
    for (OldObject object : data.oldObjects) {
      TestData owner = owner(data, object);
      if (owner != null
          && owner.oldObjects.size() < MOST_PER_TEST
          && seen.add(owner.id + object.type() + object.chain())) {
        owner.oldObjects.add(object);
      }
    }
  }

  private static TestData owner(RunData data, OldObject object) {
    TestData test = owner(data, object, "test");
    return test != null ? test : owner(data, object, "class");
  }

  private static TestData owner(RunData data, OldObject object, String kind) {
    TestData onThread = null;
    TestData anywhere = null;
    boolean several = false;
    for (TestData test : data.tests.values()) {
      if (!test.ranAt(object.allocatedAt()) || !kind.equals(test.kind)) {
        continue;
      }
      if (test.thread == object.thread()) {
        onThread = test;
      }
      several |= anywhere != null;
      anywhere = test;
    }
    return onThread != null ? onThread : several ? null : anywhere;
  }
}
