// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.sql.Outcome;
import io.memreport.recorder.text.Sql;
import io.memreport.recorder.weak.WeakIdentity;

/** One JDBC statement. Like the statement itself it serves one thread at a time. */
final class StatementScope extends WeakIdentity {
  final ConnectionScope connection;

  /** Compiled once, run often; otherwise each run compiles its own text. */
  final boolean prepared;

  /** Its SQL text, if it is prepared. */
  final Sql sql;

  private Execution running = new Execution(this);

  /** A new execution, while the call that began it still closes the one before. */
  private Execution next;

  private boolean nextBegan;

  /** A call that executes is on the stack. */
  private boolean executing;

  /** Where this statement is counted as open, or null. */
  private OpenTally openIn;

  /** Where it was counted last. */
  private Totals last;

  private long compiledHeld;
  private long timeoutSeconds;
  private volatile boolean cancelled;

  StatementScope(Object statement, ConnectionScope connection, Sql preparedSql) {
    super(statement);
    this.connection = connection;
    this.sql = preparedSql;
    this.prepared = preparedSql != null;
    register();
  }

  Execution running() {
    return running;
  }

  /** Where work on it with this text is counted now. */
  Totals totals(ThreadScope thread, Sql text) {
    Totals found = thread.totals(text, connection, last);
    last = found;
    return found;
  }

  /** A call begins that executes it; what goes on of the execution before is closed inside. */
  Execution begin(Totals totals, long nanos) {
    if (executing) {
      endUntold();
    }
    cancelled = false;
    executing = true;
    boolean closesPrevious = prepared ? running.isActive() : running.totals() != null;
    if (closesPrevious) {
      if (next == null) {
        next = new Execution(this);
      }
      next.start(totals, nanos);
      nextBegan = true;
      return next;
    }
    running.start(totals, nanos);
    return running;
  }

  /** The call that {@link #begin} told of is over: its execution is now the running one. */
  void executed() {
    executing = false;
    advance();
  }

  /** That call was not measured after all; nothing is known of what it does. */
  void beginFailed() {
    if (executing) {
      begun().drop();
      executed();
    }
  }

  /** That call was cut off before it could tell of its end: it counts, but its time is unknown. */
  void endUntold() {
    begun().endUntold();
    executed();
    connection.ends();
  }

  /** The result was closed: that of the execution before, if a call that executes does it. */
  void resultClosed() {
    if (finishesRunning() && prepared) {
      advance();
    }
  }

  /** The compiled statement was finalized: nothing of what ran before is left. */
  void finalized() {
    closed();
    if (finishesRunning()) {
      advance();
    }
  }

  private boolean finishesRunning() {
    if (executing && !nextBegan) {
      return false;
    }
    if (running.isActive()) {
      running.finish(System.nanoTime(), Outcome.OK);
    }
    return true;
  }

  private void advance() {
    if (nextBegan) {
      nextBegan = false;
      if (running.isActive()) {
        running.finish(System.nanoTime(), Outcome.OK);
      }
      Execution done = running;
      running = next;
      next = done;
    }
  }

  /** Counts as open from now on: SQLite holds a compiled statement for it. */
  void opened(Totals totals) {
    if (openIn == null && totals != null) {
      OpenTally tally = totals.open();
      while (!tally.opened(compiledHeld)) {
        tally = totals.open();
      }
      openIn = tally;
      connection.statements(1);
    }
  }

  /** What compiling took, which closing gives back. */
  void compiled(long net) {
    compiledHeld = net;
  }

  void closed() {
    OpenTally counted = openIn;
    if (counted != null) {
      openIn = null;
      counted.closed(compiledHeld);
      connection.statements(-1);
    }
  }

  /** The execution that began last, which may still be closing the one before. */
  Execution begun() {
    Execution latest = next;
    return nextBegan && latest != null ? latest : running;
  }

  /** Its query timeout is this from now on; 0 for none. */
  void timeout(long seconds) {
    timeoutSeconds = seconds;
  }

  /** Counts an execution that is over against the query timeout. */
  void finished(Totals target, long nanos) {
    if (timeoutSeconds > 0) {
      target.timeoutSeconds = Math.max(target.timeoutSeconds, timeoutSeconds);
      if (nanos > timeoutSeconds * 1_000_000_000L) {
        target.overruns++;
      }
    }
  }

  /**
   * Adds what SQLite counted of its work so far. Only where an execution was slow: for all others
   * it is done once, when the statement is finalized.
   */
  void collect(Totals target) {
    Object statement = prepared ? get() : null;
    if (statement != null) {
      connection.collect(statement, target);
    }
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }
}
