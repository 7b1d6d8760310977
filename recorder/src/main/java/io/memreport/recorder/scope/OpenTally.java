// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.text.Sql;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Statements of one SQL text in one test on one connection that are not closed; any thread may
 * close them.
 */
final class OpenTally {
  /** Instead of the count, once no more can be added. */
  private static final long GONE = Long.MIN_VALUE / 2;

  /** Of one connection. */
  record Key(Sql sql, long testId) {}

  final Key key;
  private final TestScope.Born test;
  private final ConnectionScope connection;
  private final AtomicLong open = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private long writtenOpen;
  private long writtenHeld;

  OpenTally(Key key, TestScope test, ConnectionScope connection) {
    this.key = key;
    this.test = test == null ? null : test.born;
    this.connection = connection;
  }

  /** A statement was compiled; false if this one is gone and another is to be asked for. */
  boolean opened(long bytes) {
    for (long before = open.get(); before >= 0; before = open.get()) {
      if (open.compareAndSet(before, before + 1)) {
        held.addAndGet(bytes);
        connection.totals.changed();
        return true;
      }
    }
    return false;
  }

  /** One of them was closed. */
  void closed(long bytes) {
    held.addAndGet(-bytes);
    open.decrementAndGet();
    connection.totals.changed();
  }

  boolean isGone() {
    return open.get() < 0;
  }

  /** Writes how many there are, if that changed since the last call. */
  void write() {
    long openNow = connection.isClosed() ? 0 : open.get();
    long heldNow = held.get();
    if (openNow != writtenOpen || (openNow > 0 && heldNow != writtenHeld)) {
      key.sql.write(Emission.chunk());
      OpenStatementsEvent event = new OpenStatementsEvent();
      event.testId = key.testId;
      event.sqlId = key.sql.id;
      event.connectionId = connection.id;
      event.open = openNow;
      event.nativeHeld = connection.nativeKnown() ? heldNow : MemreportEvent.UNKNOWN;
      event.commit();
      writtenOpen = openNow;
      writtenHeld = heldNow;
    }
  }

  /**
   * Ends it if no statement is open and its test is over, or its connection is.
   *
   * @param connectionIsOver whether whatever is open is never closed
   */
  boolean leave(boolean connectionIsOver) {
    if (connectionIsOver) {
      open.set(GONE);
      return true;
    }
    boolean testIsOver = test != null && test.test == null;
    return testIsOver && writtenOpen == 0 && open.compareAndSet(0, GONE);
  }
}
