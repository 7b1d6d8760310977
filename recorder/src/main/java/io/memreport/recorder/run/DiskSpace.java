// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.io.File;
import java.nio.file.Path;

/**
 * Whether a recording still fits. JFR ends the whole JVM when it can't write a chunk ("An
 * irrecoverable error in Jfr"), so it must have ended before the disk is full: the faster that
 * fills, the earlier.
 */
final class DiskSpace {
  /** What has to be free in any case. */
  static final long LEAST_RESERVE_BYTES = 64L << 20;

  /** To end a recording takes less, on a machine that has other work, too. */
  private static final double END_SECONDS = 0.5;

  /** A page cache takes no more in a second. */
  static final long FASTEST_BYTES_PER_SECOND = 4L << 30;

  private static final long SHORTEST_NANOS = 2_000_000;
  private static final long LONGEST_NANOS = 50_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  /** How much of what is free may be gone before it is looked again. */
  private static final int PART = 4;

  private final File folder;
  private final boolean known;
  private long free;
  private long at;
  private double rate;

  DiskSpace(Path folder) {
    this.folder = folder.toFile();
    // Some network file systems can't tell: then their size is 0, too.
    known = this.folder.getTotalSpace() > 0;
  }

  /** Looks now; true if a recording must not go on. */
  boolean isShort() {
    return isShort(free(), System.nanoTime());
  }

  /** Likewise, if so many bytes are free at this {@link System#nanoTime}. */
  boolean isShort(long freeNow, long now) {
    if (at != 0 && now > at) {
      // Between two looks it may have been filled in no time: the last rate counts on.
      rate = Math.max((free - freeNow) * NANOS_PER_SECOND / (now - at), rate / 2);
    }
    free = freeNow;
    at = now;
    return freeNow < reserve();
  }

  /** Bytes that have to be free, as fast as the disk fills. */
  long reserve() {
    return Math.max(
        LEAST_RESERVE_BYTES, (long) (END_SECONDS * Math.min(rate, FASTEST_BYTES_PER_SECOND)));
  }

  /** How long it may rest before the next look: however fast it is filled, enough is left then. */
  long restNanos() {
    double left = Math.max(0, free - LEAST_RESERVE_BYTES) / (double) PART;
    long rest = (long) (left / FASTEST_BYTES_PER_SECOND * NANOS_PER_SECOND);
    return Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, rest));
  }

  /** Bytes that were free at the last look. */
  long lastFree() {
    return free;
  }

  /** Bytes that are free now; no end of them where nobody can tell. */
  long free() {
    return known ? folder.getUsableSpace() : Long.MAX_VALUE;
  }

  String shortage() {
    return "less than " + (reserve() >> 20) + " MB are free in " + folder;
  }
}
