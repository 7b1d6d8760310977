// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the tests of one class left together.
 *
 * @param name the class
 * @param count how many of its tests left some
 */
record OfClass(String name, long bytes, int count) {
  /** The class that left most; null if no test has one. */
  static OfClass of(Growth growth) {
    Map<String, OfClass> classes = new LinkedHashMap<>();
    for (Growth.Share share : growth.shares()) {
      String name = share.test().className();
      if (name != null) {
        int tests = share.test().isFixture() ? 0 : 1;
        classes.merge(
            name,
            new OfClass(name, share.bytes(), tests),
            (one, more) -> new OfClass(name, one.bytes + more.bytes, one.count + more.count));
      }
    }
    return classes.values().stream()
        .filter(one -> one.count > 1)
        .max(Comparator.comparingLong(OfClass::bytes))
        .orElse(null);
  }
}
