// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.text;

/**
 * What this run measures.
 *
 * @param queryThresholdNanos a query at least this slow is an event of its own
 * @param retainedThresholdBytes likewise, by SQLite heap that it left behind
 * @param sql how much of SQL texts is recorded
 * @param heap whether Java heap is counted per test and query
 * @param leaks how retained Java heap is looked for
 */
public record Watch(
    long queryThresholdNanos, long retainedThresholdBytes, SqlText sql, boolean heap, Leaks leaks) {

  /** How much of SQL texts leaves the process. */
  public enum SqlText {
    FINGERPRINT,
    RAW,
    OFF
  }

  /** How retained Java heap is looked for. */
  public enum Leaks {
    SAMPLES,
    /** Also by a full collection after each test. */
    GC,
    /** Also by class, from histograms of live objects. */
    EXACT,
    OFF
  }

  private static volatile Watch current =
      new Watch(10_000_000, 64 << 10, SqlText.FINGERPRINT, true, Leaks.SAMPLES);

  /** Puts this in force for queries and tests that begin from now on. */
  public void start() {
    current = this;
  }

  /** Whether a full collection brackets each test. */
  public boolean fullCollections() {
    return leaks == Leaks.GC || leaks == Leaks.EXACT;
  }

  /** Whether live objects are also counted by class there. */
  public boolean classHistograms() {
    return leaks == Leaks.EXACT;
  }

  /** What is in force. */
  public static Watch current() {
    return current;
  }
}
