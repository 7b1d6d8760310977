// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import static io.memreport.recorder.nativeheap.SqliteApi.STATEMENT_FIGURES;

import io.memreport.recorder.event.OpenResultEvent;
import io.memreport.recorder.nativeheap.SqliteApi;
import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.sql.Fingerprint;
import io.memreport.recorder.text.Sql;
import io.memreport.recorder.text.SqlTable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds results that are open and not read on: statements that SQLite calls busy and that take no
 * step. Those from before the agent came are found, too.
 */
final class OpenResults {
  /** Of one connection; with more of them open than this the rest says nothing new. */
  private static final int MOST = 256;

  private static final long IDLE_NANOS = 2_000_000_000L;
  private static final long AGAIN_NANOS = 10_000_000_000L;

  private final ConnectionScope connection;
  private final SqliteHandle handle;
  private final Fingerprint fingerprint = new Fingerprint();

  /** By address of their statement. */
  private Map<Long, Stand> standing = new HashMap<>();

  /** What was written of each text that is open. */
  private Map<Sql, Group> written = new LinkedHashMap<>();

  private long writtenNanos;

  OpenResults(ConnectionScope connection, SqliteHandle handle) {
    this.connection = connection;
    this.handle = handle;
  }

  /** Where a statement stands, and since when. */
  private record Stand(long steps, long sinceNanos) {}

  /** What stands with the same text. */
  private record Group(long count, long sinceNanos, long bytes) {
    Group and(Stand stand, long more) {
      return new Group(count + 1, Math.min(sinceNanos, stand.sinceNanos()), bytes + more);
    }
  }

  /** Writes what began to wait or ended since the last call, and all of it now and then. */
  void write(long busy, boolean chunkEnds) {
    if (busy <= 0 && written.isEmpty()) {
      standing.clear();
      return;
    }
    long now = System.nanoTime();
    Map<Sql, Group> waiting = waiting(now);
    if (waiting == null) {
      return;
    }
    boolean again = chunkEnds || now - writtenNanos > AGAIN_NANOS;
    waiting.forEach(
        (sql, group) -> {
          Group before = written.get(sql);
          if (again || before == null || before.count() != group.count()) {
            write(sql, group.count(), now - group.sinceNanos(), group.bytes());
          }
        });
    written.forEach(
        (sql, group) -> {
          if (!waiting.containsKey(sql)) {
            write(sql, 0, 0, 0);
          }
        });
    written = waiting;
    if (again) {
      writtenNanos = now;
    }
  }

  /** By text; null if the connection is busy. */
  private Map<Sql, Group> waiting(long now) {
    long[] figures = new long[MOST * STATEMENT_FIGURES];
    byte[] texts = handle.statements(true, figures);
    if (texts == null) {
      return null;
    }
    String[] sql = SqliteApi.texts(texts);
    Map<Long, Stand> next = new HashMap<>();
    Map<Sql, Group> waiting = new LinkedHashMap<>();
    for (int i = 0; i < sql.length; i++) {
      int at = i * STATEMENT_FIGURES;
      Stand before = standing.get(figures[at]);
      Stand stand =
          before != null && before.steps() == figures[at + 2]
              ? before
              : new Stand(figures[at + 2], now);
      next.put(figures[at], stand);
      if (now - stand.sinceNanos() >= IDLE_NANOS) {
        Sql text = SqlTable.find(fingerprint, sql[i], Dialect.SQLITE);
        Group group = waiting.getOrDefault(text, new Group(0, now, 0));
        waiting.put(text, group.and(stand, figures[at + 3]));
      }
    }
    standing = next;
    return waiting;
  }

  private void write(Sql sql, long open, long idleNanos, long bytes) {
    sql.write(Emission.chunk());
    OpenResultEvent event = new OpenResultEvent();
    event.connectionId = connection.id;
    event.sqlId = sql.id;
    event.open = open;
    event.idleMillis = idleNanos / 1_000_000;
    event.statementBytes = bytes;
    event.commit();
  }
}
