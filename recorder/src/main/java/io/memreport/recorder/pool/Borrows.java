// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import io.memreport.recorder.scope.ConnectionScope;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The connections that pools hand out, and who has them. */
final class Borrows {
  static final WeakTable<Lent> POOLED = new WeakTable<>();

  /** Apart: a pool may get its connections from a data source that is none. */
  static final WeakTable<Lent> UNPOOLED = new WeakTable<>();

  private static final ConcurrentLinkedQueue<Borrow> ENDED = new ConcurrentLinkedQueue<>();

  private Borrows() {}

  static void begin(Object borrowed, PoolScope pool) throws ReflectiveOperationException {
    Object connection = Wrapper.open(borrowed);
    if (connection != null) {
      WeakTable<Lent> table = pool.kind.pools() ? POOLED : UNPOOLED;
      Lent lent = table.find(connection);
      if (lent == null) {
        lent = new Lent(connection);
        table.add(lent);
      }
      lent.begin(pool, Thread.currentThread());
    }
  }

  static void end(Object borrowed) throws ReflectiveOperationException {
    Object connection = Wrapper.open(borrowed);
    Lent lent = connection == null ? null : POOLED.find(connection);
    if (lent != null) {
      end(lent, System.currentTimeMillis());
      if (connection == borrowed) {
        // A wrapper that can't be opened is used once.
        POOLED.drop(lent);
      }
    }
  }

  private static void end(Lent lent, long atMillis) {
    Borrow ended = lent.end();
    if (ended != null && ended.ended(atMillis)) {
      // Here it can still be found out which connection it is.
      lent.scope();
      ENDED.add(ended);
    }
  }

  static void clear() {
    POOLED.clear();
    UNPOOLED.clear();
    ENDED.clear();
  }

  /** Writes the long ones that are out, and those that ended since the last call. */
  static void write(int chunk) {
    write(POOLED, chunk);
    write(UNPOOLED, chunk);
    for (Borrow ended = ENDED.poll(); ended != null; ended = ENDED.poll()) {
      ended.write();
    }
  }

  private static void write(WeakTable<Lent> table, int chunk) {
    long now = System.currentTimeMillis();
    for (Lent lent : table.all()) {
      ConnectionScope scope = lent.scope();
      Borrow borrow = lent.borrow();
      if (scope != null && scope.isClosed()) {
        table.drop(lent);
        end(lent, scope.closedMillis());
      } else if (lent.isCollected()) {
        table.drop(lent);
        if (borrow != null && table == POOLED) {
          // Whoever had it let go of it, and now nobody can give it back any more.
          borrow.show(chunk);
        }
      } else if (borrow != null && borrow.isLong(now)) {
        borrow.show(chunk);
      }
    }
  }
}
