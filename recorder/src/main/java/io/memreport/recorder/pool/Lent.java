// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import io.memreport.recorder.scope.ConnectionScope;

/** One connection of a driver that some pool hands out, again and again. */
final class Lent extends WeakTable.Entry {
  /** Who has it now; null while it is in the pool. */
  private volatile Borrow borrow;

  /** Null while it is not known: one from before the agent came may be found later. */
  private ConnectionScope scope;

  Lent(Object connection) {
    super(connection);
    // Now: a connection that was closed can't be found any more.
    scope = ConnectionScope.of(connection);
  }

  /** A thread has it from now on. */
  void begin(PoolScope pool, Thread thread) {
    borrow = new Borrow(pool, this, thread);
  }

  /**
   * Nobody has it any more.
   *
   * @return who had it; null if nobody did
   */
  Borrow end() {
    Borrow ended = borrow;
    borrow = null;
    return ended;
  }

  Borrow borrow() {
    return borrow;
  }

  /** The connection as it is recorded, or null; closed, if it was known before. */
  synchronized ConnectionScope scope() {
    Object connection = scope == null ? get() : null;
    if (connection != null) {
      scope = ConnectionScope.of(connection);
    }
    return scope;
  }
}
