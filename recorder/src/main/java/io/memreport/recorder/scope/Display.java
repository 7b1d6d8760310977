// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.ThreadEntry;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.text.HeapClock;

/**
 * What the black box shows of one thread: its test and the query that it runs, from execute until
 * the result was read or closed. Beginning and ending a query cost some 10 ns together. A virtual
 * thread is shown only while there is something to show, as there may be a million of them.
 */
final class Display {
  /** A thread that found no room looks again after this time. */
  private static final long AGAIN_NANOS = 1_000_000_000;

  private static final Display NONE = new Display(null);

  /** Null if nothing is ever shown. */
  private final ThreadScope owner;

  /** Null while nothing is shown, without a black box, or if that has no room. */
  private ThreadEntry entry;

  private long lookedAt;
  private Execution shown;
  private long test;
  private long heapAllocated = MemreportEvent.UNKNOWN;

  private Display(ThreadScope owner) {
    this.owner = owner;
  }

  /** Of the current thread. */
  static Display of(ThreadScope owner) {
    if (BlackBox.current() == null) {
      return NONE;
    }
    Display display = new Display(owner);
    if (!owner.virtual) {
      display.look(System.nanoTime());
    }
    return display;
  }

  /** Shows nothing. */
  static Display none() {
    return NONE;
  }

  private void look(long now) {
    BlackBox box = BlackBox.current();
    lookedAt = now;
    entry = box == null ? null : box.thread(Thread.currentThread());
  }

  /** This test runs on the thread from now on; null for none. */
  void test(TestScope entered) {
    if (owner != null) {
      test = entered == null ? MemreportEvent.OUTSIDE_TESTS : entered.id;
      shown = null;
      heapAllocated = HeapClock.allocated();
      if (entry == null) {
        look(System.nanoTime());
      }
      idle();
    }
  }

  /**
   * A query begins.
   *
   * @param heap reading of {@link HeapClock}
   */
  void begin(Execution execution, long heap) {
    if (owner == null) {
      return;
    }
    if (entry == null && (owner.virtual || execution.startNanos() - lookedAt > AGAIN_NANOS)) {
      look(execution.startNanos());
    }
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

  /** Whether it has nothing to show and need not be kept. */
  boolean isBlank() {
    return entry == null && test == MemreportEvent.OUTSIDE_TESTS;
  }

  private void query(Execution execution) {
    shown = execution;
    Totals totals = execution.totals();
    entry.work(
        totals.test == null ? MemreportEvent.OUTSIDE_TESTS : totals.test.id,
        totals.sql.id,
        totals.connection.shownId(),
        execution.startNanos(),
        owner.nativeAllocated(),
        owner.nativeNet(),
        heapAllocated);
  }

  private void idle() {
    if (entry == null) {
      return;
    }
    if (owner.virtual && test == MemreportEvent.OUTSIDE_TESTS) {
      entry.release();
      entry = null;
      return;
    }
    entry.work(
        test,
        0,
        0,
        MemreportEvent.UNKNOWN,
        owner.nativeAllocated(),
        owner.nativeNet(),
        heapAllocated);
  }
}
