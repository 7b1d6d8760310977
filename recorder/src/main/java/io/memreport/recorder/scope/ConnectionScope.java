// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.MemreportEvent;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** One open JDBC connection of a driver. */
final class ConnectionScope extends WeakIdentity {
  private static final AtomicLong IDS = new AtomicLong();

  /** Connections whose state is still to be written. */
  static final ConcurrentLinkedQueue<ConnectionScope> OPEN = new ConcurrentLinkedQueue<>();

  final long id = IDS.incrementAndGet();

  /** Whether strings may hold escapes by backslash: MySQL's dialect. */
  final boolean backslashEscapes;

  private final boolean nativeKnown;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong openStatements = new AtomicLong();
  private volatile boolean closed;
  private long writtenHeld;
  private long writtenOpen;

  ConnectionScope(Object connection, String url, TestScope test, boolean nativeKnown) {
    super(connection);
    String driver = connection.getClass().getName();
    this.nativeKnown = nativeKnown;
    backslashEscapes = driver.startsWith("com.mysql.") || driver.startsWith("org.mariadb.");
    register();
    OPEN.add(this);
    ConnectionOpenEvent event = new ConnectionOpenEvent();
    event.connectionId = id;
    event.url = ConnectionUrl.withoutSecrets(url);
    event.driver = driver;
    event.testId = test == null ? MemreportEvent.OUTSIDE_TESTS : test.id;
    event.commit();
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

  boolean isClosed() {
    return closed;
  }

  /** SQLite has given back all that it held for this connection. */
  void close() {
    closed = true;
    unregister();
  }

  void setting(String name, String value) {
    ConnectionSettingEvent event = new ConnectionSettingEvent();
    event.connectionId = id;
    event.name = name;
    event.value = value;
    event.commit();
  }

  /** Writes what changed since the last call; true if this was the last. */
  boolean write() {
    boolean last = closed;
    long heldNow = last ? 0 : held.get();
    long openNow = last ? 0 : openStatements.get();
    if (last || heldNow != writtenHeld || openNow != writtenOpen) {
      ConnectionStateEvent event = new ConnectionStateEvent();
      event.connectionId = id;
      event.nativeHeld = nativeKnown ? heldNow : MemreportEvent.UNKNOWN;
      event.openStatements = openNow;
      event.closed = last;
      event.commit();
      writtenHeld = heldNow;
      writtenOpen = openNow;
    }
    return last;
  }
}
