// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.failure.Failure;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What code woven into JDBC drivers calls when connections open, work and close. What SQLite does
 * meanwhile is the connection's own.
 */
public final class JdbcConnections {
  /** Held while it is looked whether a connection is known. */
  private static final Object KNOWN = new Object();

  /** Whether connections may be older than the agent. */
  private static volatile boolean attached;

  /** The classes themselves keep what is found: nothing here keeps a class. */
  private static final ClassValue<Optional<Method>> URL =
      new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
          // The method is called url in drivers before 3.22.
          return Stream.of(type.getMethods())
              .filter(method -> method.getName().equals("getUrl") || method.getName().equals("url"))
              .filter(method -> method.getParameterCount() == 0)
              .findAny();
        }
      };

  private JdbcConnections() {}

  /** A connection was opened, or does work of its own such as a commit. */
  public static void works(Object connection) {
    try {
      ThreadScope thread = ThreadScope.current();
      if (!thread.isInside()) {
        thread.attach();
        ConnectionScope known = thread.connection(connection);
        thread.settle(null, known == null ? made(thread, connection, false) : known);
        thread.rest();
      }
    } catch (Throwable e) {
      Failure.note("A connection", e);
    }
  }

  /** SQLite's driver begins to open a connection. */
  public static void opening() {
    try {
      ThreadScope.current().opens();
    } catch (Throwable e) {
      Failure.note("A connection", e);
    }
  }

  /**
   * It has opened it and applied what its URL asks for.
   *
   * @param connection null if it failed
   */
  public static void opened(Object connection) {
    try {
      ThreadScope thread = ThreadScope.current();
      thread.opened();
      ConnectionScope scope = connection == null ? null : thread.connection(connection);
      if (scope != null && !thread.isInside()) {
        thread.settle(null, scope);
      }
    } catch (Throwable e) {
      Failure.note("A connection", e);
    }
  }

  /** A run ends: nothing that it knew is known to the next. */
  static void forget() {
    attached = false;
  }

  /** Connections may have been opened before the agent came: call before any class is woven. */
  public static void attached() {
    attached = true;
  }

  /** A connection was found that was opened before the agent came, and may be closed by now. */
  public static void adopt(Object connection) {
    try {
      if (!(boolean) connection.getClass().getMethod("isClosed").invoke(connection)) {
        ThreadScope thread = ThreadScope.current();
        of(thread, connection).find(thread);
      }
    } catch (Throwable e) {
      Failure.note("Finding the connections that are open", e);
    }
  }

  /** SQLite's driver is about to close a connection: what it knows it by is {@code database}. */
  public static void databaseCloses(Object database) {
    try {
      SqliteHandle handle = ThreadScope.current().handle(database);
      if (handle != null) {
        handle.close();
      }
    } catch (Throwable e) {
      Failure.note("Closing a connection", e);
    }
  }

  /** A driver other than SQLite's opened a connection. */
  public static void connected(Object connection, String url) {
    try {
      ThreadScope thread = ThreadScope.current();
      if (connection != null && thread.connection(connection) == null) {
        new ConnectionScope(connection, false, false).writeOpen(url, thread.resolve());
      }
    } catch (Throwable e) {
      Failure.note("A connection", e);
    }
  }

  /** A connection was closed, and with it all that SQLite held for it. */
  public static void closed(Object connection) {
    try {
      ThreadScope thread = ThreadScope.current();
      ConnectionScope scope = thread.connection(connection);
      if (scope == null && thread.isInside()) {
        return;
      }
      thread.settle(null, scope);
      thread.counters.addWork(null);
      if (scope != null) {
        scope.close();
      }
      thread.rest();
    } catch (Throwable e) {
      Failure.note("Closing a connection", e);
    }
  }

  /** Native code of a driver was loaded. */
  public static void libraryLoaded() {
    try {
      NativeAccounting.libraryLoaded();
      ThreadScope thread = ThreadScope.current();
      thread.attach();
      thread.rest();
    } catch (Throwable e) {
      Failure.note("Accounting native memory", e);
    }
  }

  static ConnectionScope of(ThreadScope thread, Object connection) {
    ConnectionScope found = thread.connection(connection);
    // While one is opened, its driver has it execute PRAGMAs.
    return found == null ? made(thread, connection, attached && !thread.isOpening()) : found;
  }

  /** Two threads may meet the same connection at once, and each would count half of it. */
  private static ConnectionScope made(ThreadScope thread, Object connection, boolean late) {
    boolean sqlite = ConnectionScope.isSqlite(connection);
    ConnectionScope made;
    synchronized (KNOWN) {
      ConnectionScope found = thread.connection(connection);
      if (found != null) {
        return found;
      }
      made = new ConnectionScope(connection, sqlite && NativeAccounting.isExact(), late);
    }
    made.writeOpen(sqlite ? sqliteUrl(connection) : null, thread.resolve());
    return made;
  }

  private static String sqliteUrl(Object connection) {
    try {
      Method url = URL.get(connection.getClass()).orElse(null);
      return url == null ? null : (String) url.invoke(connection);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
