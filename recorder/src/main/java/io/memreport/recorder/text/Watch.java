// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.text;

/**
 * What this run measures.
 *
 * @param queryThresholdNanos a query at least this slow is an event of its own
 * @param retainedThresholdBytes likewise, by SQLite heap that it left behind
 * @param sql how much of SQL texts is recorded
 * @param heap whether Java heap is counted per test and query
 * @param fullCollections whether a full collection brackets each test
 * @param classHistograms whether live objects are also counted by class there
 */
public record Watch(
    long queryThresholdNanos,
    long retainedThresholdBytes,
    SqlText sql,
    boolean heap,
    boolean fullCollections,
    boolean classHistograms) {

  /** How much of SQL texts leaves the process. */
  public enum SqlText {
    FINGERPRINT,
    RAW,
    OFF
  }

  private static volatile Watch current =
      new Watch(10_000_000, 64 << 10, SqlText.FINGERPRINT, true, false, false);

  /** Puts this in force for queries and tests that begin from now on. */
  public void start() {
    current = this;
  }

  /** What is in force. */
  public static Watch current() {
    return current;
  }
}
