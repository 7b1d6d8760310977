// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static io.memreport.recorder.nativeheap.SqliteApi.STATEMENT_FIGURES;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.nativeheap.SqliteApi;
import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.sql.Fingerprint;
import io.memreport.recorder.text.Sql;
import io.memreport.recorder.text.SqlTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Statements of a connection that were compiled before the agent came, and that are still there.
 * Their JDBC objects are not known, and may be gone: the driver keeps what nobody closed.
 */
final class EarlierStatements {
  /** Listing one takes a microsecond or two, for which the connection stands still. */
  private static final int MOST = 4096;

  private static final long PERIOD_NANOS = 10_000_000_000L;

  private final ConnectionScope connection;
  private final SqliteHandle handle;
  private final Fingerprint fingerprint = new Fingerprint();
  private Set<Long> addresses;
  private Map<Sql, Group> written = new HashMap<>();
  private long nextNanos;

  EarlierStatements(ConnectionScope connection, SqliteHandle handle) {
    this.connection = connection;
    this.handle = handle;
  }

  /** Statements with the same text. */
  private record Group(long count, long bytes) {}

  /** Writes what changed, now and then. */
  void write(boolean chunkEnds) {
    boolean first = addresses == null;
    if (!first && (addresses.isEmpty() || (!chunkEnds && System.nanoTime() - nextNanos < 0))) {
      return;
    }
    long[] figures = new long[MOST * STATEMENT_FIGURES];
    byte[] texts = handle.statements(false, figures);
    if (texts == null) {
      return;
    }
    nextNanos = System.nanoTime() + PERIOD_NANOS;
    Map<Sql, Group> open = new LinkedHashMap<>();
    Set<Long> seen = new HashSet<>();
    String[] sql = SqliteApi.texts(texts);
    for (int i = 0; i < sql.length; i++) {
      long address = figures[i * STATEMENT_FIGURES];
      if (first || addresses.contains(address)) {
        seen.add(address);
        open.merge(
            SqlTable.find(fingerprint, sql[i], Dialect.SQLITE),
            new Group(1, figures[i * STATEMENT_FIGURES + 3]),
            (one, other) -> new Group(one.count() + 1, one.bytes() + other.bytes()));
      }
    }
    addresses = seen;
    for (Sql gone : written.keySet()) {
      open.putIfAbsent(gone, new Group(0, 0));
    }
    open.forEach(
        (text, group) -> {
          if (!group.equals(written.get(text))) {
            write(text, group);
          }
        });
    written = open;
  }

  private void write(Sql sql, Group group) {
    sql.write(Emission.chunk());
    OpenStatementsEvent event = new OpenStatementsEvent();
    event.testId = MemreportEvent.OUTSIDE_TESTS;
    event.sqlId = sql.id;
    event.connectionId = connection.id;
    event.open = group.count();
    event.nativeHeld = group.bytes();
    event.beforeAttach = true;
    event.commit();
  }
}
