// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which test ran on a thread at a moment. */
public final class TestThreads {
  private final Map<Long, Ran> byId = new HashMap<>();
  private final Map<Long, TreeMap<Instant, Ran>> byThread = new HashMap<>();

  /**
   * A test, or a fixture around tests.
   *
   * @param parent id of the fixture around it, 0 for none
   * @param from null if it is not known to have begun
   * @param to null if it is not known to have ended
   */
  public record Ran(long id, long parent, long thread, Instant from, Instant to) {
    boolean ranAt(Instant moment) {
      return !moment.isBefore(from) && (to == null || !moment.isAfter(to));
    }
  }

  /** Of these tests. */
  public TestThreads(Collection<Ran> tests) {
    for (Ran test : tests) {
      if (test.from() != null) {
        byId.put(test.id(), test);
        byThread.computeIfAbsent(test.thread(), missing -> new TreeMap<>()).put(test.from(), test);
      }
    }
  }

  /** Id of the innermost, or of the fixture around it; null where none ran. */
  Long at(long thread, Instant moment) {
    TreeMap<Instant, Ran> tests = byThread.get(thread);
    var latest = tests == null ? null : tests.floorEntry(moment);
    Ran test = latest == null ? null : latest.getValue();
    while (test != null && !test.ranAt(moment)) {
      Ran around = byId.get(test.parent());
      test =
          around == null || around.thread() != thread || !around.from().isBefore(test.from())
              ? null
              : around;
    }
    return test == null ? null : Long.valueOf(test.id());
  }
}
