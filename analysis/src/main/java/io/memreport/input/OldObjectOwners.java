// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.OldObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the tests that allocated the objects which lived at the end. */
final class OldObjectOwners {
  /** More of them say nothing more. */
  private static final int MOST_PER_TEST = 10;

  /** So many samples of a test are no chance. */
  private static final int LEAST_TELLING = 4;

  private static final double NEARLY_ALL = 0.8;

  private OldObjectOwners() {}

  /**
   * Of a test that no object of tells against, what all others say: that caches of the JDK hold
   * them, or nothing but soft and weak references.
   */
  private static void innocent(RunData data, Map<TestData, List<OldObject>> others) {
    boolean searched = data.oldObjects.stream().anyMatch(object -> !object.isHeldWeakly());
    others.forEach(
        (test, objects) -> {
          List<OldObject> weakly = objects.stream().filter(OldObject::isHeldWeakly).toList();
          List<OldObject> ofJdk = objects.stream().filter(OldObject::isOfJdk).toList();
          int telling = weakly.size() + ofJdk.size();
          if (searched
              && test.oldObjects.stream().noneMatch(OldObject::isOfSomebody)
              && telling >= LEAST_TELLING
              && telling >= NEARLY_ALL * objects.size()) {
            test.oldObjects.add(weakly.size() > ofJdk.size() ? weakly.get(0) : ofJdk.get(0));
          }
        });
  }

  /**
   * By thread and time; if no test ran on that thread then, by time, if only one did; if none did,
   * those of fixtures of a class.
   */
  static void assign(RunData data) {
    Set<String> seen = new HashSet<>();
    data.oldObjects.sort(Comparator.comparingInt(OldObject::rank));
    Map<TestData, List<OldObject>> others = new HashMap<>();
    for (OldObject object : data.oldObjects) {
      TestData owner = owner(data, object);
      if (owner == null) {
        continue;
      }
      boolean tells = !object.isHeldWeakly() && !object.isInfrastructure();
      if (!object.isOurs() && !(tells && object.isOfSomebody())) {
        others.computeIfAbsent(owner, missing -> new ArrayList<>()).add(object);
      }
      if (tells
          && owner.oldObjects.size() < MOST_PER_TEST
          && seen.add(owner.id + object.type() + object.chain())) {
        owner.oldObjects.add(object);
      }
    }
    innocent(data, others);
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
