// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.redact.ConnectionUrl;
import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.stack.CallSite;
import io.memreport.recorder.stack.Openers;
import io.memreport.recorder.weak.WeakIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** One open JDBC connection of a driver. */
public final class ConnectionScope extends WeakIdentity {
  private static final AtomicLong IDS = new AtomicLong();

  /** Connections whose state is still to be written. */
  static final ConcurrentLinkedQueue<ConnectionScope> OPEN = new ConcurrentLinkedQueue<>();

  /** What the first connection had. */
  private static final Map<String, String> COMMON = new ConcurrentHashMap<>();

  private static final Openers OPENERS = new Openers();

  private static volatile Recorded lastUrl;

  /** A URL, and what of it can be recorded. */
  private record Recorded(String url, String kept) {}

  final long id = IDS.incrementAndGet();
  final TotalsTable totals = new TotalsTable(this);

  /** How the texts of its statements are read. */
  final Dialect dialect;

  private final String driver;
  private final boolean nativeKnown;
  private final boolean late;
  private final boolean sqlite;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong openStatements = new AtomicLong();
  private final Map<String, String> settings = new HashMap<>();
  private volatile SqliteStatus status;

  /**
   * Whether its settings may be other than those that were read; only our own threads read them.
   */
  private volatile boolean settingsChanged = true;

  /** Whether all were read, for which SQLite needs the schema. */
  private volatile boolean settingsComplete;

  /** When it had last been used as they were read; only the reader uses it. */
  private long settingsReadAfter;

  private volatile boolean inMemory;
  private volatile boolean closed;
  private long closedMillis;
  private long writtenHeld;
  private long writtenOpen;

  /**
   * The execution that is on some thread's stack now, or was last; only {@link Emission} reads it.
   */
  private StatementScope executing;

  private Thread executor;
  private long usedNanos = System.nanoTime();

  /**
   * @param nativeKnown whether SQLite heap is measured for this connection
   * @param late whether it may hold memory from before the agent came
   */
  ConnectionScope(Object connection, boolean nativeKnown, boolean late) {
    super(connection);
    driver = connection.getClass().getName();
    this.nativeKnown = nativeKnown;
    sqlite = isSqlite(connection);
    this.late = late && sqlite;
    dialect = Dialect.ofDriver(driver);
    register();
    OPEN.add(this);
  }

  /** Writes that it was opened. Call on the thread that opened it, and without a lock. */
  void writeOpen(String url, TestScope test) {
    ConnectionOpenEvent event = new ConnectionOpenEvent();
    event.connectionId = id;
    event.url = recorded(url);
    inMemory = ConnectionUrl.isInMemory(url);
    event.driver = driver;
    event.testId = test == null ? MemreportEvent.OUTSIDE_TESTS : test.id;
    boolean worthALook = OPENERS.isWorthALook();
    event.openedAt = worthALook && !this.late ? CallSite.find() : null;
    event.beforeAttach = this.late;
    event.commit();
  }

  /** What the black box shows of it: {@link BoxLayout#WORK_CONNECTION}. */
  long shownId() {
    return inMemory ? id | BoxLayout.IN_MEMORY : id;
  }

  /** Programs that open many connections do it with one URL. */
  private static String recorded(String url) {
    Recorded last = lastUrl;
    if (last == null || !last.url.equals(url)) {
      last = new Recorded(url, ConnectionUrl.withoutSecrets(url));
      lastUrl = url == null ? null : last;
    }
    return last.kept;
  }

  /** A run ends: forgets its connections. */
  static void forget() {
    OPEN.clear();
    COMMON.clear();
    lastUrl = null;
    OPENERS.forget();
  }

  static boolean isSqlite(Object connection) {
    return connection.getClass().getName().startsWith("org.sqlite.");
  }

  /** Whether SQLite heap is measured for this connection. */
  boolean nativeKnown() {
    return nativeKnown;
  }

  void charge(long net) {
    held.addAndGet(net);
  }

  void statements(int change) {
    openStatements.addAndGet(change);
  }

  /** The connection of this driver object; null if it is not known, or closed. */
  public static ConnectionScope of(Object connection) {
    return new WeakIdentity.Key().find(connection) instanceof ConnectionScope scope ? scope : null;
  }

  /** Its {@code connectionId} in events. */
  public long id() {
    return id;
  }

  /** Whether the application has closed it. */
  public boolean isClosed() {
    return closed;
  }

  /** Whether it was closed, or collected without that. */
  boolean isOver() {
    return closed || refersTo(null);
  }

  /** When the application closed it. */
  public long closedMillis() {
    return closedMillis;
  }

  /** A call that executes a statement of it begins on this thread. */
  void begins(StatementScope statement, Thread thread, long nanos) {
    usedNanos = nanos;
    executor = thread;
    executing = statement;
  }

  /** That call is over. */
  void ends() {
    executing = null;
    // A thread that is over is not kept.
    executor = null;
  }

  /** It is watched from now on, whether a thread has it or not. */
  void find(ThreadScope thread) {
    SqliteStatus found = status(thread);
    if (found != null && late) {
      found.found();
    }
  }

  /** Adds what SQLite counted of the work of one of its statements. */
  void collect(Object statement, Totals target) {
    SqliteStatus known = status;
    // While another thread has the driver, this one would wait for it; it is told at the end, too.
    if (known != null && (executing == null || executor == Thread.currentThread())) {
      known.collect(statement, target);
    }
  }

  /** A statement passed that may have changed settings. */
  void settingsMayHaveChanged() {
    settingsChanged = true;
  }

  /** A query left memory behind: its connection may not live until settings are read next. */
  void settingsMatter() {
    if (sqlite && (settingsChanged || !settingsComplete)) {
      Emission.settingsSoon();
    }
  }

  /**
   * Reads what SQLite itself says of its settings, if they may be new and no query runs. Only the
   * thread that reads settings calls it, and without a lock: it may have to wait for the driver.
   */
  void readSettings(ThreadScope thread) {
    long used = usedNanos;
    boolean wanted = settingsChanged || !settingsComplete && used != settingsReadAfter;
    if (!sqlite || closed || !wanted || executing != null) {
      return;
    }
    settingsChanged = false;
    settingsReadAfter = used;
    SqliteStatus known = status(thread);
    if (known != null) {
      Boolean complete = known.writeSettings();
      settingsComplete = Boolean.TRUE.equals(complete);
      settingsChanged |= complete == null && !closed;
    }
  }

  /** Whether SQLite itself says what its settings are, so that the text of a PRAGMA need not. */
  boolean saysItsSettings() {
    return status != null;
  }

  /** Null if its library says nothing. Only our own threads call it. */
  private SqliteStatus status(ThreadScope thread) {
    synchronized (OPEN) {
      SqliteStatus found = status;
      Object connection = found == null ? get() : null;
      if (connection != null) {
        SqliteHandle handle = SqliteHandle.open(thread, connection);
        if (handle != null) {
          found = new SqliteStatus(this, handle, late);
          status = found;
        }
      }
      return found;
    }
  }

  /** SQLite has given back all that it held for this connection. */
  void close() {
    if (!closed) {
      OPENERS.closed();
    }
    closedMillis = System.currentTimeMillis();
    closed = true;
    BlackBox box = BlackBox.current();
    if (box != null) {
      box.connectionClosed(id);
    }
    unregister();
  }

  /** Writes a setting, unless it is what most connections have: that is written once for all. */
  void settingUnlessCommon(String name, String value) {
    String common = COMMON.putIfAbsent(name, value);
    if (common == null) {
      write(ConnectionSettingEvent.COMMON, name, value);
    }
    if (common == null || value.equals(common)) {
      synchronized (settings) {
        if (settings.get(name) == null) {
          return;
        }
      }
    }
    setting(name, value);
  }

  /** Writes a setting, unless it is the same as before. */
  void setting(String name, String value) {
    boolean same;
    synchronized (settings) {
      same = value.equals(settings.put(name, value));
    }
    if (!same) {
      write(id, name, value);
    }
  }

  private static void write(long connectionId, String name, String value) {
    ConnectionSettingEvent event = new ConnectionSettingEvent();
    event.connectionId = connectionId;
    event.name = name;
    event.value = value;
    event.commit();
  }

  /** Milliseconds since a statement of it was last executed; 0 while one is. */
  long idleMillis(long now) {
    return executing != null ? 0 : Math.max(0, now - usedNanos) / 1_000_000;
  }

  /** Writes what changed since the last call; true if this was the last. */
  boolean write(boolean chunkEnds) {
    boolean last = closed;
    long heldNow = last ? 0 : held.get();
    long openNow = last ? 0 : openStatements.get();
    if (last || heldNow != writtenHeld || openNow != writtenOpen) {
      ConnectionStateEvent event = new ConnectionStateEvent();
      event.connectionId = id;
      event.nativeHeld = nativeKnown && !late ? heldNow : MemreportEvent.UNKNOWN;
      event.openStatements = openNow;
      event.closed = last;
      event.commit();
      writtenHeld = heldNow;
      writtenOpen = openNow;
    }
    StatementScope statement = executing;
    if (!last && statement != null) {
      RunningQuery.write(this, statement, executor);
    }
    SqliteStatus known = status;
    if (!last && known != null) {
      known.write(chunkEnds);
    }
    return last;
  }
}
