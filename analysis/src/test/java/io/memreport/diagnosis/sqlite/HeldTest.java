// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.statement.StatementNotClosed;
import io.memreport.diagnosis.sqlite.wal.WalHeld;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.sql.OpenStatements;
import io.memreport.model.verdict.Confidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What open transactions and open statements hold. */
class HeldTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long LOG = 70L << 20;

  @Test
  void a_read_transaction_that_nobody_ended_holds_the_log() {
    Suspicion found =
        held(wal("c1", "r/writes", 0L, 9000L), wal("c2", "r/reads", 1L, 5000L)).get(0);
    assertThat(found.confidence()).isEqualTo(Confidence.CERTAIN);
    assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.reads()");
    assertThat(found.clause())
        .isEqualTo(
            "left a read transaction open for 5.00 s, which keeps a write-ahead log of 70.0 MiB");
    assertThat(found.finding().advice()).startsWith("Call commit() or rollback()");
  }

  @Test
  void without_an_open_transaction_nobody_is_named() {
    Suspicion found =
        held(wal("c1", "r/writes", 0L, 9000L), wal("c2", "r/reads", 0L, 5000L)).get(0);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(found.culprits()).noneMatch(culprit -> culprit.type().equals("test"));
  }

  @Test
  void bound_values_are_counted_where_nearly_all_statements_are_these() {
    assertThat(statements(90, 100)).isEqualTo((20L << 20) * 90 / 100);
    assertThat(statements(89, 100)).isEqualTo(89 * 1000L);
    assertThat(statements(90, 0)).isEqualTo(90 * 1000L);
  }

  private static long statements(long open, long compiled) {
    Connection connection =
        connection(
            "c1",
            "r/writes",
            new ConnectionHeap(null, null, null, 20L << 20, null, null, null, null, null),
            new ConnectionStatus(null, null, null, 0L, compiled, 0L, 1L, 0L, 0L));
    Facts facts =
        facts(
            List.of(connection),
            List.of(new OpenStatements("r/writes", null, "c1", open, open * 1000)));
    return new StatementNotClosed().examine(facts).get(0).bytes();
  }

  private static List<Suspicion> held(Connection... connections) {
    return new WalHeld().examine(facts(List.of(connections), List.of()));
  }

  private static Connection wal(String id, String test, long transaction, long idleMillis) {
    return connection(
        id,
        test,
        ConnectionHeap.NONE,
        new ConnectionStatus(null, null, null, transaction, 0L, 0L, idleMillis, LOG, 4L << 20));
  }

  private static Connection connection(
      String id, String test, ConnectionHeap heap, ConnectionStatus status) {
    return new Connection(
        id,
        "r",
        "jdbc:sqlite:shop.db",
        test,
        NOON,
        null,
        Map.of("file", "shop.db", "wal_autocheckpoint", "1000", "page_size", "4096"),
        heap,
        0,
        status);
  }

  private static Facts facts(List<Connection> connections, List<OpenStatements> statements) {
    Facts base =
        new SomeFacts()
            .run(ARun.of("r", NOON))
            .test(ATest.of("r", "writes"))
            .test(ATest.of("r", "reads"))
            .build();
    return Facts.of(
        base.runs(),
        base.tests(),
        List.of(),
        connections,
        List.of(),
        List.of(),
        statements,
        base.quality(),
        base.timeline(),
        Map.of());
  }
}
