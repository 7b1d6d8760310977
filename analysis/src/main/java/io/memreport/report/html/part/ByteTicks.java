// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import java.util.Locale;

/**
 * Round figures of bytes for an axis that fit a limit: of 320 MiB every 80, of 512 MiB every 128.
 */
public final class ByteTicks {
  private static final long MIB = 1 << 20;
  private static final long GIB = MIB << 10;

  /** Distances in MiB, the smallest first; those of later lines are less round. */
  private static final long[][] STEPS = {
    {
      1, 2, 5, 10, 20, 50, 100, 200, 512, 1 << 10, 2 << 10, 5 << 10, 10 << 10, 20 << 10, 50 << 10,
      100 << 10, 200 << 10, 500 << 10
    },
    {4, 8, 40, 80, 400, 4 << 10, 8 << 10, 40 << 10, 80 << 10, 400 << 10},
    {16, 32, 64, 128, 256},
  };

  /** So many parts of a limit. */
  private static final int FEWEST = 3;

  private static final int MOST = 7;

  /** Up to so many ticks where no limit says how far apart they lie. */
  private static final int FREE = 5;

  private ByteTicks() {}

  /**
   * How far apart they lie.
   *
   * @param top bytes at the upper edge
   * @param limit that is drawn and should be one of them, or null
   */
  public static long step(long top, Long limit) {
    for (long[] steps : STEPS) {
      for (int i = steps.length - 1; i >= 0; i--) {
        if (limit != null && isPart(steps[i] * MIB, limit)) {
          return steps[i] * MIB;
        }
      }
    }
    int i = 0;
    while (i < STEPS[0].length - 1 && top / (STEPS[0][i] * MIB) > FREE) {
      i++;
    }
    return STEPS[0][i] * MIB;
  }

  private static boolean isPart(long step, long limit) {
    return limit % step == 0 && limit / step >= FEWEST && limit / step <= MOST;
  }

  /** As in {@code 64 MiB} or {@code 1.5 GiB}: no digit more than it has. */
  public static String label(long bytes) {
    boolean large = bytes >= GIB && bytes % (GIB / 4) == 0;
    String number = String.format(Locale.ROOT, "%.2f", (double) bytes / (large ? GIB : MIB));
    return number.replaceAll("\\.?0+$", "") + (large ? " GiB" : " MiB");
  }
}
