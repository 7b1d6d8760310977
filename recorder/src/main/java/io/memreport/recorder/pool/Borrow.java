// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.event.MemreportEvent.UNKNOWN;

import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.scope.ConnectionScope;
import java.util.concurrent.atomic.AtomicLong;

/** One time that a thread had a connection of a pool. */
final class Borrow {
  /** Shorter ones leave no event of their own. */
  private static final long LONG_MILLIS = 1000;

  private static final AtomicLong IDS = new AtomicLong();

  private final PoolScope pool;
  private final Lent connection;
  private final String thread;
  private final long sinceMillis = System.currentTimeMillis();
  private volatile long untilMillis = UNKNOWN;
  private volatile boolean shown;
  private long id;
  private int writtenInChunk;
  private long writtenConnection;

  Borrow(PoolScope pool, Lent connection, Thread thread) {
    this.pool = pool;
    this.connection = connection;
    String name = thread.getName();
    this.thread = name.isEmpty() ? "thread " + thread.getId() : name;
  }

  /**
   * It is over.
   *
   * @return whether that is worth an event
   */
  boolean ended(long atMillis) {
    // Before the flag is read: either this thread or the one that sets it writes the end.
    untilMillis = atMillis;
    return isLong(atMillis) || shown;
  }

  boolean isLong(long atMillis) {
    return atMillis - sinceMillis >= LONG_MILLIS;
  }

  /** Writes that it is out, once per chunk and when its connection became known. */
  void show(int chunk) {
    shown = true;
    long connectionId = connectionId();
    if (writtenInChunk != chunk || writtenConnection != connectionId || untilMillis != UNKNOWN) {
      writtenInChunk = chunk;
      writtenConnection = connectionId;
      write();
    }
  }

  private long connectionId() {
    ConnectionScope scope = connection.scope();
    return scope == null ? UNKNOWN : scope.id();
  }

  /** Writes how it ended, or what is known if it did not. */
  void write() {
    if (id == 0) {
      id = IDS.incrementAndGet();
    }
    BorrowedEvent event = new BorrowedEvent();
    event.borrowId = id;
    event.poolId = pool.id;
    event.connectionId = connectionId();
    event.thread = thread;
    event.sinceMillis = sinceMillis;
    event.untilMillis = untilMillis;
    event.commit();
  }
}
