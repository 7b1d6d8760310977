// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.recorder.event.MemreportEvent;

/** Adds up figures, of which some may be unknown: a sum of nothing known is unknown. */
final class Sums {
  private Sums() {}

  /** The figure of an event, or null if it is unknown. */
  static Long known(long figure) {
    return figure == MemreportEvent.UNKNOWN ? null : Long.valueOf(figure);
  }

  static Long add(Long sum, Long more) {
    return sum == null ? more : more == null ? sum : Long.valueOf(sum + more);
  }

  static Long max(Long one, Long other) {
    return one == null ? other : other == null ? one : Long.valueOf(Math.max(one, other));
  }

  /** What is retained of a balance: giving back what others took is no saving of one's own. */
  static Long retained(Long net) {
    return net == null ? null : Long.valueOf(Math.max(0, net));
  }
}
