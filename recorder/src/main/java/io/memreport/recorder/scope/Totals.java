// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.sql.Outcome;
import io.memreport.recorder.text.Sql;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * What executions of one SQL text added on one connection in one test.
 *
 * <p>A thread {@link #take}s the totals for the nanoseconds in which it adds to them, and waits for
 * nobody: where another thread has them it adds to others that are equal but for their {@link
 * #stripe}. So they are exact whoever adds, and a thread that dies meanwhile costs one stripe.
 * {@link Emission} only reads: it writes the difference to what it has written before, so that a
 * figure read half-way costs nothing but its delay.
 */
final class Totals {
  private static final int FREE = 0;
  private static final int TAKEN = 1;

  /** Nobody adds any more: its test or connection is over, and all was written. */
  private static final int GONE = 2;

  private static final AtomicIntegerFieldUpdater<Totals> STATE =
      AtomicIntegerFieldUpdater.newUpdater(Totals.class, "state");

  final Sql sql;
  final ConnectionScope connection;
  final TestScope test;
  final Attribution attribution;
  private final int stripe;

  @SuppressWarnings("unused") // by STATE
  private volatile int state;

  long executions;
  long rows;
  long errors;
  long timeouts;
  long cancelled;
  long totalNanos;
  long maxNanos;
  long heapAllocated;
  boolean heapKnown;
  long nativeAllocated;
  long nativePeak;
  long nativeNet;
  long fullScanSteps;
  long sorts;
  long autoIndexRows;
  long vmSteps;
  long timeoutSeconds;
  long overruns;

  /** What was written; null before the first time. */
  private Totals written;

  private OpenTally open;

  Totals(Sql sql, ConnectionScope connection, TestScope test, Attribution attribution, int stripe) {
    this.sql = sql;
    this.connection = connection;
    this.test = test;
    this.attribution = attribution;
    this.stripe = stripe;
  }

  void count(Outcome outcome) {
    switch (outcome) {
      case OK -> {}
      case ERROR -> errors++;
      case TIMEOUT -> timeouts++;
      case CANCELLED -> cancelled++;
    }
  }

  boolean isOf(Sql text, TestScope in, Attribution by) {
    return sql == text && test == in && attribution == by;
  }

  boolean isOf(Sql text, TestScope in, Attribution by, int which) {
    return isOf(text, in, by) && stripe == which && state != GONE;
  }

  boolean isGone() {
    return state == GONE;
  }

  boolean isTestOver() {
    return test != null && test.isFinished();
  }

  /**
   * Has these or equal ones for the current thread alone, until it gives them back. Nothing that
   * could wait may be called meanwhile.
   */
  Totals take() {
    Totals found = this;
    while (!STATE.compareAndSet(found, FREE, TAKEN)) {
      int next = found.state == GONE ? found.stripe : found.stripe + 1;
      found = connection.totals.find(sql, test, attribution, next);
    }
    return found;
  }

  void give() {
    STATE.lazySet(this, FREE);
    connection.totals.changed();
  }

  /** Where statements that are open are counted. */
  OpenTally open() {
    OpenTally found = open;
    if (found == null || found.isGone()) {
      found = connection.totals.open(sql, test);
      open = found;
    }
    return found;
  }

  void addHeap(long bytes) {
    if (bytes != MemreportEvent.UNKNOWN) {
      heapKnown = true;
      heapAllocated += bytes;
    }
  }

  /** Ends it, once its test or connection is over; false while a thread has it. */
  boolean leave() {
    return STATE.compareAndSet(this, FREE, GONE);
  }

  /** Writes what was added since the last call. Only {@link Emission} calls it. */
  void write() {
    if (written == null) {
      written = new Totals(sql, connection, test, attribution, stripe);
    }
    if (executions != written.executions
        || nativeNet != written.nativeNet
        || nativeAllocated != written.nativeAllocated
        || rows != written.rows
        || cancelled != written.cancelled
        || vmSteps != written.vmSteps) {
      sql.write(Emission.chunk());
      writeDifference();
    }
  }

  private void writeDifference() {
    QueryTotalEvent event = new QueryTotalEvent();
    event.sqlId = sql.id;
    event.testId = test == null ? MemreportEvent.OUTSIDE_TESTS : test.id;
    event.connectionId = connection.id;
    event.attribution = attribution.label;
    event.executions = executions - written.executions;
    event.rows = rows - written.rows;
    event.errors = errors - written.errors;
    event.timeouts = timeouts - written.timeouts;
    event.cancelled = cancelled - written.cancelled;
    event.totalNanos = totalNanos - written.totalNanos;
    event.maxNanos = maxNanos;
    event.fullScanSteps = fullScanSteps - written.fullScanSteps;
    event.sorts = sorts - written.sorts;
    event.autoIndexRows = autoIndexRows - written.autoIndexRows;
    event.vmSteps = vmSteps - written.vmSteps;
    event.timeoutSeconds = timeoutSeconds;
    event.overruns = overruns - written.overruns;
    if (heapKnown) {
      event.heapAllocated = heapAllocated - written.heapAllocated;
    }
    if (connection.nativeKnown()) {
      event.nativeAllocated = nativeAllocated - written.nativeAllocated;
      event.nativePeak = nativePeak;
      event.nativeNet = nativeNet - written.nativeNet;
    }
    event.commit();
    // Only now: what could not be written is written the next time.
    written.executions += event.executions;
    written.rows += event.rows;
    written.errors += event.errors;
    written.timeouts += event.timeouts;
    written.cancelled += event.cancelled;
    written.totalNanos += event.totalNanos;
    written.fullScanSteps += event.fullScanSteps;
    written.sorts += event.sorts;
    written.autoIndexRows += event.autoIndexRows;
    written.vmSteps += event.vmSteps;
    written.overruns += event.overruns;
    if (heapKnown) {
      written.heapAllocated += event.heapAllocated;
    }
    if (connection.nativeKnown()) {
      written.nativeAllocated += event.nativeAllocated;
      written.nativeNet += event.nativeNet;
    }
  }
}
