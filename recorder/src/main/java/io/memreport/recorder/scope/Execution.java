// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.QueryEvent;
import io.memreport.recorder.sql.Outcome;
import io.memreport.recorder.text.SharedMemoryLines;
import io.memreport.recorder.text.Watch;

/** One execution of a statement, from execute until its result was exhausted or closed. */
final class Execution {
  private final StatementScope statement;
  private Totals totals;
  private boolean active;

  /** It is not known when it ended. */
  private boolean untimed;

  private long startNanos;
  private long rows;
  private long heapAllocated;
  private boolean heapKnown;
  private long nativeAllocated;
  private long nativeNet;
  private long nativePeak;

  Execution(StatementScope statement) {
    this.statement = statement;
  }

  void start(Totals target, long nanos) {
    totals = target;
    active = true;
    untimed = false;
    startNanos = nanos;
    rows = 0;
    heapAllocated = 0;
    heapKnown = false;
    nativeAllocated = 0;
    nativeNet = 0;
    nativePeak = 0;
  }

  /** Where calls are counted that belong to the statement, but to no execution. */
  void idle(Totals target) {
    totals = target;
  }

  boolean isActive() {
    return active;
  }

  Totals totals() {
    return totals;
  }

  void row() {
    rows++;
  }

  void charge(NativeCounters counters) {
    if (active) {
      nativeAllocated += counters.allocated;
      nativePeak = Math.max(nativePeak, nativeNet + counters.peak);
      nativeNet += counters.net;
    } else if (totals != null) {
      Totals target = totals.take();
      target.nativeAllocated += counters.allocated;
      target.nativeNet += counters.net;
      target.give();
    }
  }

  long startNanos() {
    return startNanos;
  }

  void addHeap(long bytes) {
    if (!active) {
      Totals target = totals.take();
      target.addHeap(bytes);
      target.give();
    } else if (bytes != MemreportEvent.UNKNOWN) {
      heapKnown = true;
      heapAllocated += bytes;
    }
  }

  void finish(long nanos, Outcome outcome) {
    active = false;
    long duration = nanos - startNanos;
    Totals target = totals.take();
    target.executions++;
    target.rows += rows;
    if (!untimed) {
      target.totalNanos += duration;
      target.maxNanos = Math.max(target.maxNanos, duration);
      statement.finished(target, duration);
    }
    target.nativeAllocated += nativeAllocated;
    target.nativeNet += nativeNet;
    target.nativePeak = Math.max(target.nativePeak, nativePeak);
    if (heapKnown) {
      target.addHeap(heapAllocated);
    }
    target.count(outcome);
    target.give();
    Watch watch = Watch.current();
    boolean slow = !untimed && duration >= watch.queryThresholdNanos();
    if (slow) {
      statement.collect(totals);
    }
    if (slow || nativeNet >= watch.retainedThresholdBytes()) {
      write(outcome, duration);
      totals.connection.settingsMatter();
    }
  }

  /** It does not count. */
  void drop() {
    active = false;
  }

  /** It is over, or may be, and nobody said when. */
  void endUntold() {
    untimed = true;
  }

  /** Says so if what it threw is about shared memory. */
  void look(Throwable thrown) {
    SharedMemoryLines.look(
        thrown, totals.test == null ? MemreportEvent.OUTSIDE_TESTS : totals.test.id, totals.sql.id);
  }

  /**
   * Single executions are told apart by their end: JFR stamps an event when it is committed, and
   * the duration that it would add itself costs a clock reading for each query below the threshold.
   */
  private void write(Outcome outcome, long duration) {
    QueryEvent event = new QueryEvent();
    event.sqlId = totals.sql.id;
    event.testId = totals.test == null ? MemreportEvent.OUTSIDE_TESTS : totals.test.id;
    event.connectionId = totals.connection.id;
    event.outcome = outcome.label;
    event.attribution = totals.attribution.label;
    event.rows = rows;
    event.nanos = untimed ? MemreportEvent.UNKNOWN : duration;
    if (heapKnown) {
      event.heapAllocated = heapAllocated;
    }
    if (totals.connection.nativeKnown()) {
      event.nativeAllocated = nativeAllocated;
      event.nativePeak = nativePeak;
      event.nativeNet = nativeNet;
    }
    event.commit();
  }
}
