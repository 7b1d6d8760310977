// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.ThreadEntry;
import io.memreport.recorder.event.MemreportEvent;

/**
 * What the black box shows of one thread: its test and the query that it runs, from execute until
 * the result was read or closed. Beginning and ending a query cost some 10 ns together.
 */
final class Display {
  /** Null without a black box, or if it has no room. */
  private final ThreadEntry entry;

  private final NativeCounters counters;
  private Execution shown;
  private long test;
  private long heapAllocated = MemreportEvent.UNKNOWN;

  private Display(ThreadEntry entry, NativeCounters counters) {
    this.entry = entry;
    this.counters = counters;
  }

  static Display of(Thread current, NativeCounters counters) {
    BlackBox box = BlackBox.current();
    return new Display(box == null ? null : box.thread(current), counters);
  }

  /** Shows nothing. */
  static Display none() {
    return new Display(null, null);
  }

  /** This test runs on the thread from now on; null for none. */
  void test(TestScope entered) {
    if (entry != null) {
      test = entered == null ? MemreportEvent.OUTSIDE_TESTS : entered.id;
      shown = null;
      heapAllocated = HeapClock.allocated();
      idle();
    }
  }

  /**
   * A query begins.
   *
   * @param heap reading of {@link HeapClock}
   */
  void begin(Execution execution, long heap) {
    if (entry != null) {
      heapAllocated = heap;
      query(execution);
    }
  }

  /** The call that began a query is over; {@code sinceStart} is what it allocated. */
  void settle(long heapStart, long sinceStart) {
    if (sinceStart != MemreportEvent.UNKNOWN) {
      heapAllocated = heapStart + sinceStart;
    }
    settle();
  }

  /** Anything that may end a query is over. */
  void settle() {
    Execution last = shown;
    if (last != null && !last.isActive()) {
      shown = null;
      idle();
    }
  }

  /** A row of a query was read: of another one, if a thread reads several results in turns. */
  void row(Execution execution) {
    if (entry != null && shown != execution && execution.isActive()) {
      query(execution);
    }
  }

  private void query(Execution execution) {
    shown = execution;
    Totals totals = execution.totals();
    entry.work(
        totals.test == null ? MemreportEvent.OUTSIDE_TESTS : totals.test.id,
        totals.sql.id,
        totals.connection.id,
        execution.startNanos(),
        counters.allocatedTotal(),
        counters.netTotal(),
        heapAllocated);
  }

  private void idle() {
    entry.work(
        test,
        0,
        0,
        MemreportEvent.UNKNOWN,
        counters.allocatedTotal(),
        counters.netTotal(),
        heapAllocated);
  }
}
