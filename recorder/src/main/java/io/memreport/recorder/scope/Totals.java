// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one thread's executions of one SQL text added on one connection in one test.
 *
 * <p>Only that thread writes the figures and only {@link Emission} reads them, a moment later: it
 * writes the difference to what it has written before, so that a figure read half-way costs nothing
 * but its delay.
 */
final class Totals {
  final Sql sql;
  final ConnectionScope connection;
  final TestScope test;
  final Attribution attribution;

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

  /** Statements not closed yet, which any thread may close. */
  final AtomicLong open = new AtomicLong();

  final AtomicLong openHeld = new AtomicLong();

  private final Totals written;
  private long writtenOpen;
  private long writtenHeld;

  Totals(Sql sql, ConnectionScope connection, TestScope test, Attribution attribution) {
    this(sql, connection, test, attribution, new Totals(sql, connection, test, attribution, null));
  }

  private Totals(
      Sql sql,
      ConnectionScope connection,
      TestScope test,
      Attribution attribution,
      Totals written) {
    this.sql = sql;
    this.connection = connection;
    this.test = test;
    this.attribution = attribution;
    this.written = written;
  }

  void addHeap(long bytes) {
    if (bytes != MemreportEvent.UNKNOWN) {
      heapKnown = true;
      heapAllocated += bytes;
    }
  }

  /** True if no statement is open and none was the last time. */
  boolean isDrained() {
    return openNow() == 0 && writtenOpen == 0;
  }

  private long openNow() {
    return connection.isClosed() ? 0 : open.get();
  }

  /** Writes what was added since the last call. Only {@link Emission} calls it. */
  void write() {
    if (executions != written.executions
        || nativeNet != written.nativeNet
        || nativeAllocated != written.nativeAllocated
        || rows != written.rows
        || cancelled != written.cancelled
        || vmSteps != written.vmSteps) {
      sql.write();
      writeDifference();
    }
    long openNow = openNow();
    long heldNow = openHeld.get();
    if (openNow != writtenOpen || (openNow > 0 && heldNow != writtenHeld)) {
      sql.write();
      OpenStatementsEvent event = new OpenStatementsEvent();
      event.testId = test == null ? MemreportEvent.OUTSIDE_TESTS : test.id;
      event.sqlId = sql.id;
      event.connectionId = connection.id;
      event.open = openNow;
      event.nativeHeld = connection.nativeKnown() ? heldNow : MemreportEvent.UNKNOWN;
      event.commit();
      writtenOpen = openNow;
      writtenHeld = heldNow;
    }
  }

  private void writeDifference() {
    QueryTotalEvent event = new QueryTotalEvent();
    event.sqlId = sql.id;
    event.testId = test == null ? MemreportEvent.OUTSIDE_TESTS : test.id;
    event.connectionId = connection.id;
    event.attribution = attribution.label;
    event.executions = executions - written.executions;
    written.executions += event.executions;
    event.rows = rows - written.rows;
    written.rows += event.rows;
    event.errors = errors - written.errors;
    written.errors += event.errors;
    event.timeouts = timeouts - written.timeouts;
    written.timeouts += event.timeouts;
    event.cancelled = cancelled - written.cancelled;
    written.cancelled += event.cancelled;
    event.totalNanos = totalNanos - written.totalNanos;
    written.totalNanos += event.totalNanos;
    event.maxNanos = maxNanos;
    event.fullScanSteps = fullScanSteps - written.fullScanSteps;
    written.fullScanSteps += event.fullScanSteps;
    event.sorts = sorts - written.sorts;
    written.sorts += event.sorts;
    event.autoIndexRows = autoIndexRows - written.autoIndexRows;
    written.autoIndexRows += event.autoIndexRows;
    event.vmSteps = vmSteps - written.vmSteps;
    written.vmSteps += event.vmSteps;
    event.timeoutSeconds = timeoutSeconds;
    event.overruns = overruns - written.overruns;
    written.overruns += event.overruns;
    if (heapKnown) {
      event.heapAllocated = heapAllocated - written.heapAllocated;
      written.heapAllocated += event.heapAllocated;
    }
    if (connection.nativeKnown()) {
      event.nativeAllocated = nativeAllocated - written.nativeAllocated;
      written.nativeAllocated += event.nativeAllocated;
      event.nativePeak = nativePeak;
      event.nativeNet = nativeNet - written.nativeNet;
      written.nativeNet += event.nativeNet;
    }
    event.commit();
  }
}
