// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.pool;

import static io.memreport.recorder.event.MemreportEvent.UNKNOWN;

import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.scope.ConnectionScope;
import java.util.concurrent.atomic.AtomicLong;

/** One connection that a thread got from a pool, by the wrapper that the pool made for it. */
final class Borrow extends WeakTable.Entry {
  /** Shorter ones leave no event of their own. */
  private static final long LONG_MILLIS = 1000;

  private static final AtomicLong IDS = new AtomicLong();

  private final PoolScope pool;
  private final String thread;
  private final long sinceMillis = System.currentTimeMillis();

  /** The driver's connection; null until it was looked for, or if it is not known. */
  private volatile ConnectionScope connection;

  private volatile long untilMillis = UNKNOWN;
  private volatile boolean shown;
  private long id;
  private int writtenInChunk;
  private long writtenConnection;

  Borrow(Object borrowed, PoolScope pool, Thread thread) {
    super(borrowed);
    this.pool = pool;
    String name = thread.getName();
    this.thread = name.isEmpty() ? "thread " + thread.getId() : name;
  }

  /** Looks for the driver's connection, unless it is known. */
  boolean resolve() {
    Object borrowed = connection == null ? get() : null;
    if (borrowed != null) {
      connection = ConnectionScope.of(pool.kind.unwrap(new Mirror(borrowed)));
    }
    return connection != null;
  }

  /**
   * It was given back just now.
   *
   * @return whether that is worth an event
   */
  boolean returned() {
    long now = System.currentTimeMillis();
    boolean worth = now - sinceMillis >= LONG_MILLIS;
    if (worth) {
      resolve();
    }
    // Before the flag is read: either this thread or the one that sets it writes the end.
    untilMillis = now;
    return worth || shown;
  }

  boolean isLong() {
    return System.currentTimeMillis() - sinceMillis >= LONG_MILLIS;
  }

  /** Whether it is over without having been given back. */
  boolean isClosed() {
    return connection != null && connection.isClosed();
  }

  /** Whether it can't come back, nor be closed by anyone. */
  boolean isForgotten() {
    return pool.isCollected() || (isCollected() && !pool.kind.pools());
  }

  /** Whether nobody can ever tell what became of it. */
  boolean isLost() {
    return isCollected() && connection == null;
  }

  /** Writes that it is out, once per chunk and when its connection became known. */
  void show(int chunk) {
    shown = true;
    ConnectionScope found = connection;
    long connectionId = found == null ? UNKNOWN : found.id();
    if (writtenInChunk != chunk || writtenConnection != connectionId || untilMillis != UNKNOWN) {
      writtenInChunk = chunk;
      writtenConnection = connectionId;
      write();
    }
  }

  /** Writes how it ended, or what is known if it did not. */
  synchronized void write() {
    if (id == 0) {
      id = IDS.incrementAndGet();
    }
    ConnectionScope found = connection;
    BorrowedEvent event = new BorrowedEvent();
    event.borrowId = id;
    event.poolId = pool.id;
    event.connectionId = found == null ? UNKNOWN : found.id();
    event.thread = thread;
    event.sinceMillis = sinceMillis;
    event.untilMillis = untilMillis;
    event.commit();
  }
}
