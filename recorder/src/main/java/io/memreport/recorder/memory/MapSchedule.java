// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

/**
 * When to read the address ranges anew: when resident memory has moved by a part of itself, so that
 * growth by any factor costs few readings, and now and then. A reading walks all page tables; of
 * the time, readings take no more than a small share.
 */
final class MapSchedule {
  private static final long PERIOD_NANOS = 5_000_000_000L;

  /** Memory has moved if it did by so much and by a twentieth of itself. */
  private static final long STEP = 4 << 20;

  private static final int PART = 20;

  /** After one reading, the next waits so many times as long as it took: at most 5 % of a core. */
  private static final long REST = 20;

  /** Near the limit the next reading may be the last: at most 20 % of a core. */
  private static final long REST_NEAR_LIMIT = 5;

  /** So much may be a test's leak. */
  private static final long STEP_OF_TEST = 16 << 20;

  private boolean read;
  private long lastNanos;
  private long costNanos;
  private long lastRss;

  /**
   * @param nearLimit whether little is left until the kernel steps in
   */
  boolean isDue(long nanos, long rss, boolean nearLimit) {
    if (!read) {
      return true;
    }
    long since = nanos - lastNanos;
    long moved = Math.abs(rss - lastRss);
    boolean far = moved >= STEP && moved >= lastRss / PART;
    return since >= (nearLimit ? REST_NEAR_LIMIT : REST) * costNanos
        && (far || since >= PERIOD_NANOS);
  }

  /**
   * When a test ends: what has grown by much since the last reading is known to be its own then.
   */
  boolean isDueAfterTest(long nanos, long rss) {
    return read
        && Math.abs(rss - lastRss) >= STEP_OF_TEST
        && nanos - lastNanos >= REST_NEAR_LIMIT * costNanos;
  }

  void done(long fromNanos, long toNanos, long rss) {
    read = true;
    lastNanos = toNanos;
    costNanos = toNanos - fromNanos;
    lastRss = rss;
  }
}
