// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.RunningQueryEvent;

/** Shows calls that do not come back: {@link Execution} is written when it is over, if ever. */
final class RunningQuery {
  private static final long SHOWN_FROM_MILLIS = 1000;

  private RunningQuery() {}

  /** Reads what the executing thread writes: a moment later is soon enough. */
  static void write(ConnectionScope connection, StatementScope statement, Thread thread) {
    Execution execution = statement.begun();
    Totals totals = execution.totals();
    long millis = (System.nanoTime() - execution.startNanos()) / 1_000_000;
    if (totals == null || thread == null || !execution.isActive() || millis < SHOWN_FROM_MILLIS) {
      return;
    }
    totals.sql.write(Emission.chunk());
    RunningQueryEvent event = new RunningQueryEvent();
    event.sqlId = totals.sql.id;
    event.testId = totals.test == null ? MemreportEvent.OUTSIDE_TESTS : totals.test.id;
    event.connectionId = connection.id;
    event.threadName = thread.getName();
    event.runningMillis = millis;
    event.interrupted = thread.isInterrupted();
    event.commit();
  }
}
