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

  private boolean read;
  private long lastNanos;
  private long costNanos;
  private long lastRss;

  boolean isDue(long nanos, long rss) {
    if (!read) {
      return true;
    }
    long since = nanos - lastNanos;
    long moved = Math.abs(rss - lastRss);
    boolean far = moved >= STEP && moved >= lastRss / PART;
    return since >= REST * costNanos && (far || since >= PERIOD_NANOS);
  }

  void done(long fromNanos, long toNanos, long rss) {
    read = true;
    lastNanos = toNanos;
    costNanos = toNanos - fromNanos;
    lastRss = rss;
  }
}
