// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.heap.ClassRetainedEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * By which classes the Java heap grew in a test or in the fixtures of a class. What tests inside it
 * left is theirs.
 */
public final class RetainedClasses {
  /** Of one test: less is no reason for a leak. */
  static final long WORTH_TELLING = 64 << 10;

  /** Classes of one test. */
  static final int MOST = 20;

  private static final String OWN = "io.memreport.";

  /** At the last boundary between tests; there is always one, so that it grows in no test. */
  private static ClassHistogram atLastBoundary;

  private final ClassHistogram before;
  private final Map<String, Long> ofChildren = new HashMap<>();

  private RetainedClasses(ClassHistogram before) {
    this.before = before;
  }

  /**
   * A test begins.
   *
   * @param boundaryIsFresh whether nothing ran since the last test was over
   */
  public static RetainedClasses begin(boolean boundaryIsFresh) {
    if (atLastBoundary == null) {
      // What it takes to read one is there before the first that counts.
      atLastBoundary = ClassHistogram.read();
    }
    if (!boundaryIsFresh) {
      atLastBoundary = ClassHistogram.read();
    }
    return new RetainedClasses(atLastBoundary);
  }

  /**
   * It is over: writes an event for each of the largest.
   *
   * @param parent around it, or null
   */
  public void finish(long testId, RetainedClasses parent) {
    ClassHistogram after = ClassHistogram.read();
    atLastBoundary = after;
    if (before == null || after == null) {
      return;
    }
    Map<String, Long> growth = after.since(before);
    if (parent != null) {
      growth.forEach((name, bytes) -> parent.ofChildren.merge(name, bytes, Long::sum));
    }
    ofChildren.forEach((name, bytes) -> growth.merge(name, -bytes, Long::sum));
    growth.entrySet().stream()
        .filter(entry -> entry.getValue() >= WORTH_TELLING && !entry.getKey().startsWith(OWN))
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST)
        .forEach(entry -> write(testId, entry.getKey(), entry.getValue()));
  }

  private static void write(long testId, String className, long bytes) {
    ClassRetainedEvent event = new ClassRetainedEvent();
    event.testId = testId;
    event.className = className;
    event.bytes = bytes;
    event.commit();
  }
}
