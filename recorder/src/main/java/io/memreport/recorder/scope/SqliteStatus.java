// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static io.memreport.recorder.nativeheap.SqliteApi.BUSY_STATEMENTS;
import static io.memreport.recorder.nativeheap.SqliteApi.CACHE_HITS;
import static io.memreport.recorder.nativeheap.SqliteApi.CACHE_MISSES;
import static io.memreport.recorder.nativeheap.SqliteApi.CACHE_SPILLS;
import static io.memreport.recorder.nativeheap.SqliteApi.CACHE_USED;
import static io.memreport.recorder.nativeheap.SqliteApi.CACHE_USED_SHARED;
import static io.memreport.recorder.nativeheap.SqliteApi.CACHE_WRITES;
import static io.memreport.recorder.nativeheap.SqliteApi.SCHEMA_USED;
import static io.memreport.recorder.nativeheap.SqliteApi.STATEMENTS;
import static io.memreport.recorder.nativeheap.SqliteApi.STATEMENT_USED;
import static io.memreport.recorder.nativeheap.SqliteApi.TRANSACTION;

import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStatusEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.nativeheap.SqliteApi;
import io.memreport.recorder.proc.FileSystemType;
import io.memreport.recorder.proc.TempDirectory;
import java.io.File;
import java.util.Arrays;

/** What SQLite says of one connection, written where it changed. */
final class SqliteStatus {
  private static final String FILE = "file";
  private static final String TEMP_DIRECTORY = TempDirectory.find();

  private final ConnectionScope connection;
  private final SqliteHandle handle;
  private final OpenResults results;

  /** Null if the connection was opened under our eyes. */
  private final EarlierStatements earlier;

  private final long[] figures = new long[SqliteApi.FIGURES];
  private final long[] written = new long[SqliteApi.FIGURES];
  private volatile String file;
  private long walBytes = MemreportEvent.UNKNOWN;
  private long beforeAttach = MemreportEvent.UNKNOWN;
  private boolean everWritten;

  SqliteStatus(ConnectionScope connection, SqliteHandle handle, boolean late) {
    this.connection = connection;
    this.handle = handle;
    results = new OpenResults(connection, handle);
    earlier = late ? new EarlierStatements(connection, handle) : null;
  }

  /**
   * Writes the settings of a connection that nobody uses.
   *
   * @return whether all of them could be read, for which the schema must be there; null if it is
   *     busy, or closed
   */
  Boolean writeSettings() {
    byte[] said = handle.settingsOfIdle();
    return said == null ? null : Boolean.valueOf(write(said));
  }

  private boolean write(byte[] said) {
    String[] texts = SqliteApi.texts(said);
    boolean complete = false;
    for (int i = 0; i + 1 < texts.length; i += 2) {
      String name = texts[i];
      complete |= name.equals("cache_size");
      if (name.equals(FILE)) {
        file = texts[i + 1];
        String type = texts[i + 1].isEmpty() ? null : FileSystemType.of(texts[i + 1]);
        if (type != null) {
          connection.setting("file_system", type);
        }
      }
      if (name.equals(FILE) || name.indexOf('.') >= 0) {
        connection.setting(name, texts[i + 1]);
      } else {
        connection.settingUnlessCommon(name, texts[i + 1]);
      }
    }
    temporaryFiles();
    connection.setting(
        ConnectionSettingEvent.READ,
        complete ? ConnectionSettingEvent.ALL : ConnectionSettingEvent.WITHOUT_SCHEMA);
    return complete;
  }

  private void temporaryFiles() {
    if (TEMP_DIRECTORY != null) {
      connection.settingUnlessCommon("temp_directory", TEMP_DIRECTORY);
      String type = FileSystemType.of(TEMP_DIRECTORY);
      if (type != null) {
        connection.settingUnlessCommon("temp_filesystem", type);
      }
    }
  }

  /** Notes what it holds when it is found; that stays unknown if a step runs on it just then. */
  void found() {
    if (handle.read(figures)) {
      beforeAttach = figures[CACHE_USED_SHARED] + figures[SCHEMA_USED] + figures[STATEMENT_USED];
    }
  }

  /** Adds what SQLite counted of the work of a statement. */
  void collect(Object statement, Totals target) {
    try {
      handle.collect(statement);
      ThreadScope.current().counters.addWork(target);
    } catch (ReflectiveOperationException e) {
      Failure.note("Reading what a statement did", e);
    }
  }

  /** Writes what changed since the last call, and all of it before a chunk ends. */
  void write(boolean chunkEnds) {
    if (!handle.read(figures)) {
      return;
    }
    results.write(figures[BUSY_STATEMENTS], chunkEnds);
    if (earlier != null) {
      earlier.write(chunkEnds);
    }
    long idleMillis = connection.idleMillis(System.nanoTime());
    String file = this.file;
    long walNow = file == null || file.isEmpty() ? 0 : new File(file + "-wal").length();
    if (!chunkEnds && everWritten && walNow == walBytes && Arrays.equals(figures, written)) {
      return;
    }
    System.arraycopy(figures, 0, written, 0, figures.length);
    walBytes = walNow;
    everWritten = true;
    ConnectionStatusEvent event = new ConnectionStatusEvent();
    event.connectionId = connection.id;
    event.cacheUsed = figures[CACHE_USED];
    event.cacheUsedShared = figures[CACHE_USED_SHARED];
    event.schemaUsed = figures[SCHEMA_USED];
    event.statementUsed = figures[STATEMENT_USED];
    event.cacheHits = figures[CACHE_HITS];
    event.cacheMisses = figures[CACHE_MISSES];
    event.cacheWrites = figures[CACHE_WRITES];
    event.cacheSpills = figures[CACHE_SPILLS];
    event.transaction = figures[TRANSACTION];
    event.statements = figures[STATEMENTS];
    event.busyStatements = figures[BUSY_STATEMENTS];
    event.idleMillis = idleMillis;
    event.beforeAttach = beforeAttach;
    if (file != null && !file.isEmpty()) {
      event.walBytes = walNow;
      event.databaseBytes = new File(file).length();
    }
    event.commit();
  }
}
