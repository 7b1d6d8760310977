// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.rule;

import io.memreport.model.Facts;
import java.util.List;
import java.util.function.Predicate;

/** What must have been recorded for a kind of finding to be found. */
public enum Need {
  /** A JVM that was watched. */
  RUN("no JVM was watched", facts -> !facts.runs().isEmpty()),

  /** A test or a fixture. */
  TEST("no test was recorded", facts -> !facts.tests().isEmpty()),

  /** Full collections around tests. */
  COLLECTIONS(
      "no full collection followed each test: record with leaks=gc",
      facts -> facts.tests().stream().anyMatch(test -> test.heap().retainedBytes() != null)),

  /** A connection to SQLite. */
  SQLITE(
      "no connection to SQLite was recorded",
      facts ->
          facts.connections().stream()
              .anyMatch(one -> one.url() != null && one.url().startsWith("jdbc:sqlite:"))),

  /** A pool of connections. */
  POOL("no connection pool was recorded", facts -> !facts.pools().isEmpty()),

  /** A process that a watched JVM started. */
  PROCESS("no process was started", facts -> !facts.shared().processes().isEmpty()),

  /** A look at shared memory. */
  SHARED_MEMORY(
      "shared memory was not looked at",
      facts ->
          facts.shared().tightest() != null
              || !facts.shared().segments().isEmpty()
              || !facts.shared().failures().isEmpty()
              || !facts.logEvents().isEmpty());

  private final String missing;
  private final Predicate<Facts> isMet;

  Need(String missing, Predicate<Facts> isMet) {
    this.missing = missing;
    this.isMet = isMet;
  }

  /** What is missing, to end a sentence with; null if nothing is. */
  public String missing(Facts facts) {
    return isMet.test(facts) ? null : missing;
  }

  /** What kinds of one topic need, which is how their ids begin. */
  static List<Need> ofTopic(String id) {
    return switch (id.substring(0, id.indexOf('.'))) {
      case "sqlite" -> List.of(SQLITE);
      case "pool" -> List.of(POOL);
      case "process" -> List.of(PROCESS);
      case "shm" -> List.of(SHARED_MEMORY);
      default -> List.of(RUN);
    };
  }
}
