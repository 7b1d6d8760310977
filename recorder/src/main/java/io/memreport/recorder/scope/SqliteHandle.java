// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.nativeheap.SqliteApi;
import io.memreport.recorder.weak.WeakIdentity;

/**
 * The {@code sqlite3} of a connection, known by the driver's {@code DB} object. It can't be closed
 * while one of these methods runs: the driver waits for them, some microseconds.
 */
final class SqliteHandle extends WeakIdentity {
  private final SqliteLibrary library;
  private boolean closed;

  private SqliteHandle(Object database, SqliteLibrary library) {
    super(database);
    this.library = library;
  }

  /**
   * The handle of a connection, or null if its library says nothing.
   *
   * @param jdbcConnection an {@code org.sqlite.SQLiteConnection}
   */
  static SqliteHandle open(ThreadScope thread, Object jdbcConnection) {
    try {
      Object database = database(jdbcConnection);
      SqliteLibrary library = SqliteLibrary.of(database);
      library.load(thread, jdbcConnection.getClass().getClassLoader());
      if (library.api() == 0) {
        return null;
      }
      SqliteHandle handle = new SqliteHandle(database, library);
      handle.register();
      return handle;
    } catch (ReflectiveOperationException | RuntimeException e) {
      Failure.note("Finding SQLite's own connection", e);
      return null;
    }
  }

  /** The method is called {@code db} in drivers before 3.22. */
  private static Object database(Object connection) throws ReflectiveOperationException {
    try {
      return connection.getClass().getMethod("getDatabase").invoke(connection);
    } catch (NoSuchMethodException e) {
      return connection.getClass().getMethod("db").invoke(connection);
    }
  }

  /** The driver closes it: from now on nothing is known of it. */
  synchronized void close() {
    closed = true;
    unregister();
  }

  /**
   * Its address, or 0 once it is closed. Read anew each time: a call that closes it may have begun
   * before the driver was woven, and would tell us nothing.
   */
  private long connection() {
    Object database = get();
    return closed || database == null ? 0 : library.connection(database);
  }

  /** See {@link SqliteApi#connection}; false, too, if it is closed. */
  synchronized boolean read(long[] figures) {
    long connection = connection();
    return connection != 0 && SqliteApi.connection(library.api(), connection, figures);
  }

  /** See {@link SqliteApi#statements}; null, too, if it is closed. */
  synchronized byte[] statements(boolean onlyBusy, long[] figures) {
    long connection = connection();
    return connection == 0
        ? null
        : SqliteApi.statements(library.api(), connection, onlyBusy, figures);
  }

  /**
   * See {@link SqliteApi#collect}. The driver can't finalize a statement meanwhile: it would need
   * the same monitor.
   */
  void collect(Object statement) throws ReflectiveOperationException {
    Object database = get();
    if (database == null) {
      return;
    }
    synchronized (database) {
      long address = SqliteLibrary.statement(statement);
      if (address != 0) {
        SqliteApi.collect(library.api(), address);
      }
    }
  }

  /**
   * The settings of a connection that nobody uses, see {@link SqliteApi#settings}; null if it is
   * busy, or closed. A thread that takes it meanwhile waits some 100 microseconds. If one was first
   * this waits for it, as long as that takes: call without a lock, and where nothing else waits.
   */
  byte[] settingsOfIdle() {
    Object database = get();
    if (database == null) {
      return null;
    }
    synchronized (database) {
      return settings();
    }
  }

  private synchronized byte[] settings() {
    long connection = connection();
    return connection == 0 ? null : SqliteApi.settings(library.api(), connection);
  }
}
