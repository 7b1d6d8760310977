// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.nativeheap.SqliteApi;
import io.memreport.recorder.sql.Outcome;
import io.memreport.recorder.text.HeapClock;
import io.memreport.recorder.text.Sql;

/**
 * What code woven into JDBC drivers calls. Objects of the application are keys only: the boot
 * loader does not see {@code java.sql}.
 *
 * <p>SQLite works lazily: compiling, executing, stepping through rows, resetting and finalizing
 * each take or give back memory. So each of these calls charges what happened on its thread since
 * the call before, to the statement that it is about. A prepared point select costs two clock
 * readings, two readings of the thread's allocation counter and some 40 ns besides; a row some 10
 * ns.
 */
public final class Jdbc {
  private static final Object NESTED = new Object();

  private Jdbc() {}

  /**
   * A call that executes SQL begins.
   *
   * @param statement the JDBC statement
   * @param connection its connection, or null if {@link #created} told of it
   * @param sql the text, or that of the prepared statement; null for a batch of texts
   * @param preparedStatement whether the statement was prepared with this text
   * @return what {@link #end} wants back; null if nothing is measured
   */
  public static Object begin(
      Object statement, Object connection, String sql, boolean preparedStatement) {
    ThreadScope thread;
    try {
      thread = ThreadScope.current();
      if (thread.isInside()) {
        return NESTED;
      }
    } catch (Throwable e) {
      Failure.note("A query", e);
      return null;
    }
    StatementScope scope = null;
    try {
      long nanos = System.nanoTime();
      thread.begins(statement);
      thread.attach();
      scope = thread.statement(statement);
      if (scope == null) {
        scope = adopt(thread, statement, connection, sql, preparedStatement);
      } else {
        thread.settle(null, scope.connection);
      }
      Sql text = scope.prepared ? scope.sql : find(thread, sql, scope.connection);
      Execution begun = scope.begin(scope.totals(thread, text), nanos);
      scope.connection.begins(scope, Thread.currentThread(), nanos);
      thread.heapStart = HeapClock.allocated();
      thread.display.begin(begun, thread.heapStart);
      thread.outermost = scope;
      return scope;
    } catch (Throwable e) {
      // Without a call, for which there may be no room on the stack.
      thread.outermost = null;
      if (scope != null) {
        scope.beginFailed();
      }
      Failure.note("A query", e);
      return null;
    }
  }

  /**
   * The call that {@link #begin} began is over.
   *
   * @param begun what begin returned
   * @param sql the text that may hold a PRAGMA, or null
   * @param script whether all statements of the text ran, not just the first
   * @param resultOpen whether a result set is open now, or may yet be asked for
   * @param statementOpen whether SQLite keeps the compiled statement
   * @param thrown what the call threw, or null
   */
  public static void end(
      Object begun,
      String sql,
      boolean script,
      boolean resultOpen,
      boolean statementOpen,
      Throwable thrown) {
    if (begun == null || begun == NESTED) {
      return;
    }
    ThreadScope thread = ThreadScope.current();
    // Whatever began inside is over, too: calls end in the order of the stack.
    thread.outermost = null;
    try {
      long heap = thread.heapSinceStart();
      StatementScope scope = (StatementScope) begun;
      scope.executed();
      scope.connection.ends();
      thread.settle(scope, scope.connection);
      Execution execution = scope.running();
      thread.counters.addWork(execution.totals());
      execution.addHeap(heap);
      if (statementOpen && !scope.prepared && thrown == null) {
        scope.opened(execution.totals());
      }
      if (execution.isActive() && (!resultOpen || thrown != null)) {
        execution.finish(System.nanoTime(), Outcome.of(thrown, scope.isCancelled()));
      }
      thread.display.settle(thread.heapStart, heap);
      if (thrown != null) {
        scope.running().look(thrown);
      } else if (sql != null && Pragmas.mayHold(sql)) {
        Pragmas.record(scope.connection, sql, script);
      }
      thread.rest();
    } catch (Throwable e) {
      Failure.note("The end of a query", e);
    }
  }

  /**
   * A result set was asked for its next row.
   *
   * @param statementOrResult the statement, or the result set if {@link #result} told of it
   * @param row whether there was one
   * @param thrown what the call threw, or null
   */
  public static void next(Object statementOrResult, boolean row, Throwable thrown) {
    try {
      ThreadScope thread = ThreadScope.current();
      StatementScope scope = thread.statement(statementOrResult);
      if (scope == null) {
        return;
      }
      thread.settle(scope, scope.connection);
      Execution execution = scope.running();
      if (row) {
        execution.row();
        thread.display.row(execution);
      } else if (execution.isActive()) {
        if (thrown != null) {
          execution.look(thrown);
        }
        execution.finish(System.nanoTime(), Outcome.of(thrown, scope.isCancelled()));
        thread.display.settle();
      }
      thread.rest();
    } catch (Throwable e) {
      Failure.note("A row", e);
    }
  }

  /**
   * Call before what is measured at its end only: counters begin with a thread's first call, and a
   * virtual thread's are those of its carrier.
   */
  public static void resume() {
    try {
      ThreadScope.current().resume();
    } catch (Throwable e) {
      Failure.note("Reading counters", e);
    }
  }

  /** A statement was prepared, and the driver has compiled it. */
  public static void prepared(Object statement, Object connection, String sql) {
    try {
      ThreadScope thread = ThreadScope.current();
      if (thread.isInside() || thread.statement(statement) != null) {
        return;
      }
      thread.attach();
      ConnectionScope owner = JdbcConnections.of(thread, connection);
      Sql text = find(thread, sql, owner);
      StatementScope scope = new StatementScope(statement, owner, text);
      scope.running().idle(scope.totals(thread, text));
      settleCompiled(thread, scope);
      scope.opened(scope.running().totals());
      thread.rest();
    } catch (Throwable e) {
      Failure.note("A prepared statement", e);
    }
  }

  /** A statement of a driver other than SQLite's was created by a connection. */
  public static void created(Object statement, Object connection) {
    try {
      ThreadScope thread = ThreadScope.current();
      if (!thread.isInside() && statement != null && thread.statement(statement) == null) {
        new StatementScope(statement, JdbcConnections.of(thread, connection), null);
      }
    } catch (Throwable e) {
      Failure.note("A statement", e);
    }
  }

  /** A call that executed SQL returned a result set of its own. */
  public static void result(Object begun, Object resultSet) {
    if (begun instanceof StatementScope scope && resultSet != null) {
      new ResultScope(resultSet, scope);
    }
  }

  /** SQLite has compiled the text of a statement. */
  public static void compiled(Object statement) {
    try {
      ThreadScope thread = ThreadScope.current();
      StatementScope scope = thread.statement(statement);
      if (scope != null) {
        settleCompiled(thread, scope);
        thread.rest();
      }
    } catch (Throwable e) {
      Failure.note("Compiling a statement", e);
    }
  }

  private static void settleCompiled(ThreadScope thread, StatementScope scope) {
    long before = thread.counters.total();
    thread.settle(scope, scope.connection);
    scope.compiled(thread.counters.total() - before);
  }

  /** A result set was closed, and its statement reset. */
  public static void resultClosed(Object statementOrResult) {
    try {
      ThreadScope thread = ThreadScope.current();
      StatementScope scope = thread.statement(statementOrResult);
      if (scope != null) {
        thread.settle(scope, scope.connection);
        scope.resultClosed();
        thread.display.settle();
        thread.rest();
      }
    } catch (Throwable e) {
      Failure.note("Closing a result set", e);
    }
  }

  /** A compiled statement was finalized, because its JDBC statement was closed or used anew. */
  public static void finalized(Object statement) {
    try {
      ThreadScope thread = ThreadScope.current();
      StatementScope scope = thread.statement(statement);
      if (scope != null) {
        thread.settle(scope, scope.connection);
        thread.counters.addWork(scope.running().totals());
        scope.finalized();
        thread.display.settle();
        thread.rest();
      }
    } catch (Throwable e) {
      Failure.note("Finalizing a statement", e);
    }
  }

  /** A JDBC statement was closed. */
  public static void closed(Object statement) {
    try {
      ThreadScope thread = ThreadScope.current();
      StatementScope scope = thread.statement(statement);
      if (scope != null) {
        thread.settle(scope, scope.connection);
        thread.counters.addWork(scope.running().totals());
        scope.finalized();
        thread.display.settle();
        scope.unregister();
        thread.rest();
      }
    } catch (Throwable e) {
      Failure.note("Closing a statement", e);
    }
  }

  /** Another thread, as a rule, asks a statement to stop. */
  public static void cancelled(Object statement) {
    try {
      StatementScope scope = ThreadScope.current().statement(statement);
      if (scope != null) {
        scope.cancel();
      }
    } catch (Throwable e) {
      Failure.note("Cancelling a statement", e);
    }
  }

  /**
   * A statement is about to be finalized, and with it what SQLite counted of its work.
   *
   * @param database the driver's {@code DB}
   * @param pointer the {@code sqlite3_stmt*}
   */
  public static void finalizing(Object database, long pointer) {
    try {
      long api = SqliteLibrary.of(database).api();
      if (api != 0) {
        SqliteApi.collect(api, pointer);
      }
    } catch (Throwable e) {
      Failure.note("Finalizing a statement", e);
    }
  }

  /** Likewise, in drivers up to 3.39. */
  public static void finalizing(Object database, Object statement) {
    try {
      long pointer = SqliteLibrary.statement(statement);
      if (pointer != 0) {
        finalizing(database, pointer);
      }
    } catch (Throwable e) {
      Failure.note("Finalizing a statement", e);
    }
  }

  /** A query timeout was set on a statement. */
  public static void timeout(Object statement, Object connection, int seconds) {
    try {
      ThreadScope thread = ThreadScope.current();
      StatementScope scope = thread.statement(statement);
      if (scope == null && !thread.isInside()) {
        scope = new StatementScope(statement, JdbcConnections.of(thread, connection), null);
      }
      if (scope != null) {
        scope.timeout(seconds);
      }
    } catch (Throwable e) {
      Failure.note("A query timeout", e);
    }
  }

  private static StatementScope adopt(
      ThreadScope thread, Object statement, Object connection, String sql, boolean prepared)
      throws ReflectiveOperationException {
    ConnectionScope owner =
        JdbcConnections.of(
            thread, connection == null ? connectionOfStatement(statement) : connection);
    Sql text = prepared ? find(thread, sql, owner) : null;
    StatementScope scope = new StatementScope(statement, owner, text);
    if (prepared) {
      scope.opened(scope.totals(thread, text));
    }
    thread.settle(null, owner);
    return scope;
  }

  private static Sql find(ThreadScope thread, String sql, ConnectionScope connection) {
    return thread.sql(sql, connection.dialect);
  }

  private static Object connectionOfStatement(Object statement)
      throws ReflectiveOperationException {
    ClassLoader loader = statement.getClass().getClassLoader();
    Class<?> type = Class.forName("java.sql.Statement", false, loader);
    return type.getMethod("getConnection").invoke(statement);
  }
}
