// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import java.util.concurrent.ConcurrentLinkedQueue;

/** The connections that are out of their pools now. */
final class Borrows {
  /** Of those that were collected before anyone saw whose connection they held. */
  private static final int MOST_LOST = 100;

  static final WeakTable<Borrow> OUT = new WeakTable<>();
  private static final ConcurrentLinkedQueue<Borrow> ENDED = new ConcurrentLinkedQueue<>();

  private Borrows() {}

  static void begin(Object connection, PoolScope pool) {
    Borrow borrow = new Borrow(connection, pool, Thread.currentThread());
    // Nobody tells when what is not pooled is closed but its connection, if that is known.
    if (pool.kind.pools() || borrow.resolve()) {
      OUT.add(borrow);
    }
  }

  static void end(Object connection) {
    Borrow borrow = OUT.remove(connection);
    if (borrow != null && borrow.returned()) {
      ENDED.add(borrow);
    }
  }

  static void clear() {
    OUT.clear();
    ENDED.clear();
  }

  /** Writes the long ones that are out, and those that ended since the last call. */
  static void write(int chunk) {
    int lost = 0;
    for (Borrow borrow : OUT.all()) {
      borrow.resolve();
      if (borrow.isClosed()) {
        OUT.drop(borrow);
        if (borrow.returned()) {
          ENDED.add(borrow);
        }
      } else if (borrow.isForgotten() || (borrow.isLost() && ++lost > MOST_LOST)) {
        OUT.drop(borrow);
      } else if (borrow.isLong()) {
        borrow.show(chunk);
      }
    }
    for (Borrow ended = ENDED.poll(); ended != null; ended = ENDED.poll()) {
      ended.write();
    }
  }
}
