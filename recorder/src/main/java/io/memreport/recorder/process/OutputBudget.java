// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

/**
 * How much of what a child prints is looked at. What starts or fails prints little; of a flood only
 * as much as costs nothing: so many bytes a second, and as many at once.
 */
final class OutputBudget {
  /** A look costs about half a millisecond for each MiB. */
  static final int BYTES_PER_SECOND = 4 << 20;

  private static final double BYTES_PER_NANO = BYTES_PER_SECOND / 1e9;

  private double left = BYTES_PER_SECOND;
  private long since;

  /** It begins to count at this {@link System#nanoTime}. */
  OutputBudget(long now) {
    since = now;
  }

  /** Whether so many bytes may be looked at now. */
  boolean take(int bytes, long now) {
    left = Math.min(BYTES_PER_SECOND, left + (now - since) * BYTES_PER_NANO);
    since = now;
    if (left < bytes) {
      return false;
    }
    left -= bytes;
    return true;
  }
}
