// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.nativeheap.Inventory;
import io.memreport.recorder.nativeheap.SqliteApi;
import java.lang.reflect.Field;

/**
 * One loaded copy of sqlite-jdbc with its native library: the table of SQLite's functions, and
 * where the driver keeps their arguments.
 */
final class SqliteLibrary {
  /** The name of the method that does what is not the application's. */
  static final String LOAD = "load";

  private static final long UNKNOWN = 0;

  private static final ClassValue<SqliteLibrary> OF_DATABASE =
      new ClassValue<>() {
        @Override
        protected SqliteLibrary computeValue(Class<?> database) {
          return new SqliteLibrary(database);
        }
      };

  private final Field pointer;
  private volatile long api = UNKNOWN;
  private boolean asked;

  private SqliteLibrary(Class<?> database) {
    pointer = field(database, "pointer");
  }

  /** Of a {@code org.sqlite.core.DB}. */
  static SqliteLibrary of(Object database) {
    return OF_DATABASE.get(database.getClass());
  }

  /** Address of the table, or 0 if it is not known. */
  long api() {
    return api;
  }

  /** Address of the {@code sqlite3} that a {@code DB} has open; 0 if it has none. */
  long connection(Object database) {
    try {
      return pointer == null ? 0 : pointer.getLong(database);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the field was made accessible", e);
    }
  }

  /**
   * Has SQLite load the shim as an extension, into a database in memory that is thrown away: that
   * is the only way to its table. Done once, by the thread that opens the first connection.
   */
  synchronized void load(ThreadScope thread, ClassLoader driver) {
    if (asked || !NativeAccounting.isExact()) {
      return;
    }
    asked = true;
    // What the driver does meanwhile is not the application's.
    Object before = thread.mute();
    try {
      SqliteApi.tableGiven();
      Class<?> configuration = Class.forName("org.sqlite.SQLiteConfig", true, driver);
      Object settings = configuration.getConstructor().newInstance();
      configuration.getMethod("enableLoadExtension", boolean.class).invoke(settings, true);
      try (AutoCloseable connection =
          (AutoCloseable)
              configuration
                  .getMethod("createConnection", String.class)
                  .invoke(settings, "jdbc:sqlite::memory:")) {
        Object statement = connection.getClass().getMethod("createStatement").invoke(connection);
        statement
            .getClass()
            .getMethod("execute", String.class)
            .invoke(
                statement,
                "SELECT load_extension('"
                    + Inventory.shim().replace("'", "''")
                    + "', '"
                    + SqliteApi.ENTRY_POINT
                    + "')");
      }
      api = SqliteApi.tableGiven();
    } catch (Exception | LinkageError e) {
      Failure.note("Reading SQLite's own figures of connections", e);
    } finally {
      thread.unmute(before);
    }
  }

  /**
   * Address of the {@code sqlite3_stmt} of a {@code CoreStatement}; 0 if it has none. A number up
   * to sqlite-jdbc 3.39, from 3.39.2 on inside an object that says whether it was closed.
   */
  static long statement(Object statement) throws ReflectiveOperationException {
    Class<?> type = statement.getClass();
    while (!type.getName().equals("org.sqlite.core.CoreStatement")) {
      type = type.getSuperclass();
      if (type == null) {
        return 0;
      }
    }
    Field field = field(type, "pointer");
    if (field == null) {
      return 0;
    }
    if (field.getType() == long.class) {
      return field.getLong(statement);
    }
    Object safe = field.get(statement);
    if (safe == null || (boolean) safe.getClass().getMethod("isClosed").invoke(safe)) {
      return 0;
    }
    Field address = field(safe.getClass(), "ptr");
    return address == null ? 0 : address.getLong(safe);
  }

  private static Field field(Class<?> of, String name) {
    try {
      Field field = of.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
