// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import io.memreport.recorder.event.MemreportEvent;

/** Adds up figures, of which some may be unknown: a sum of nothing known is unknown. */
public final class Sums {
  private Sums() {}

  /** No machine has more bytes than that, and sums of a few of these don't overflow. */
  private static final long MOST = 1L << 56;

  /** The same if a process can have so much, else null: a damaged file may say anything. */
  public static Long plausible(long value) {
    return value > MOST || value < -MOST ? null : Long.valueOf(value);
  }

  /** Likewise of what is never below 0. */
  public static Long gauge(long value) {
    return value < 0 ? null : plausible(value);
  }

  /** The figure of an event, or null if it is unknown. */
  public static Long known(long figure) {
    return figure == MemreportEvent.UNKNOWN ? null : plausible(figure);
  }

  /** Likewise of a limit, which may be all that a number holds. */
  public static Long limit(long figure) {
    return figure == MemreportEvent.UNKNOWN ? null : Long.valueOf(figure);
  }

  public static Long add(Long sum, Long more) {
    return sum == null ? more : more == null ? sum : Long.valueOf(sum + more);
  }

  public static Long max(Long one, Long other) {
    return one == null ? other : other == null ? one : Long.valueOf(Math.max(one, other));
  }

  /** What is retained of a balance: giving back what others took is no saving of one's own. */
  public static Long retained(Long net) {
    return net == null ? null : Long.valueOf(Math.max(0, net));
  }
}
