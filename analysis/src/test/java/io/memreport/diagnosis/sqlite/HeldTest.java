// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.connection.TransactionLeftOpen;
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
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.QueryWork;
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
  void a_smaller_log_is_reported_once_somebody_keeps_it() {
    assertThat(held(log(16_384_000, 0), reads(1000))).hasSize(1);
    assertThat(held(log(16_383_999, 0), reads(1000))).isEmpty();
    assertThat(held(log(16_384_000, 0), reads(999))).isEmpty();
    assertThat(held(log(16_384_000, 0))).isEmpty();
  }

  @Test
  void a_statement_that_is_busy_has_a_result_to_close() {
    Suspicion found = held(log(LOG, 0), log(0, 1)).get(0);
    assertThat(found.clause()).startsWith("left a result open for 5.00 s");
    assertThat(found.told()).anyMatch(said -> said.text().contains("A result stood open for 5.00"));
    assertThat(found.finding().advice()).startsWith("Close the result");
  }

  @Test
  void without_an_open_transaction_nobody_is_named() {
    Suspicion found =
        held(wal("c1", "r/writes", 0L, 9000L), wal("c2", "r/reads", 0L, 5000L)).get(0);
    assertThat(found.confidence()).isEqualTo(Confidence.LIKELY);
    assertThat(found.culprits()).noneMatch(culprit -> culprit.type().equals("test"));
  }

  @Test
  void a_transaction_that_stands_still_is_of_the_test_that_used_it_last() {
    assertThat(open(transaction(2, 1000, 0), null)).containsExactly("OrderTest.reads()");
    assertThat(open(transaction(1, 1000, 0), null)).containsExactly("OrderTest.reads()");
  }

  @Test
  void one_that_is_young_or_over_or_a_results_or_closed_is_none() {
    assertThat(open(transaction(2, 999, 0), null)).isEmpty();
    assertThat(open(transaction(0, 9000, 0), null)).isEmpty();
    assertThat(open(transaction(2, 9000, 1), null)).isEmpty();
    assertThat(open(transaction(2, 9000, 0), NOON)).isEmpty();
  }

  private static ConnectionStatus transaction(long state, long idleMillis, long busy) {
    return new ConnectionStatus(null, null, null, state, 0L, busy, idleMillis, 0L, 4L << 20, null);
  }

  /** Who is named for the transaction of a connection that two tests used, the second later. */
  private static List<String> open(ConnectionStatus status, Instant closed) {
    Connection connection =
        new Connection(
            "c1",
            "r",
            "jdbc:sqlite:shop.db",
            "r/writes",
            NOON,
            closed,
            Map.of(),
            ConnectionHeap.NONE,
            0,
            status);
    Facts base = facts(List.of(connection), List.of());
    Facts used =
        Facts.builder()
            .runs(base.runs())
            .tests(base.tests())
            .connections(base.connections())
            .uses(List.of(use("r/reads"), use("r/writes")))
            .quality(base.quality())
            .timeline(base.timeline())
            .build();
    return new TransactionLeftOpen()
        .examine(used).stream().map(one -> one.culprits().get(0).name()).toList();
  }

  private static QueryUse use(String test) {
    return new QueryUse(test, "q", "c1", 0L, 0L, 1, 1L, 0, QueryWork.NONE);
  }

  @Test
  void bound_values_are_counted_where_nearly_all_statements_are_these() {
    assertThat(statements(90, 0)).isEqualTo(20L << 20);
    assertThat(statements(90, 10)).isEqualTo((20L << 20) * 90 / 100);
    assertThat(statements(89, 11)).isEqualTo(89 * 1000L);
  }

  /** Of 100 that are open on a connection, 20 MiB in all. */
  private static long statements(long open, long others) {
    Connection connection =
        connection(
            "c1",
            "r/writes",
            new ConnectionHeap(null, null, null, 20L << 20, null, null, null, null, null),
            new ConnectionStatus(null, null, null, 0L, 300L, 0L, 1L, 0L, 0L, null));
    Facts facts =
        facts(
            List.of(connection),
            List.of(
                new OpenStatements("r/writes", null, "c1", open, open * 1000),
                new OpenStatements("r/reads", "q", "c1", others, others * 1000),
                new OpenStatements("r/reads", "q", "c2", 5000, 1000L)));
    return new StatementNotClosed().examine(facts).get(0).bytes();
  }

  private static List<Suspicion> held(Connection... connections) {
    return new WalHeld().examine(facts(List.of(connections), List.of()));
  }

  /** A transaction that reads, on a connection that did not look at the log. */
  private static Connection reads(long idleMillis) {
    return connection(
        "c2",
        "r/reads",
        ConnectionHeap.NONE,
        new ConnectionStatus(null, null, null, 1L, 0L, 0L, idleMillis, null, null, null));
  }

  private static Connection wal(String id, String test, long transaction, long idleMillis) {
    return connection(
        id,
        test,
        ConnectionHeap.NONE,
        new ConnectionStatus(
            null, null, null, transaction, 0L, 0L, idleMillis, LOG, 4L << 20, null));
  }

  /** One that writes, or that reads if a statement is busy. */
  private static Connection log(long bytes, long busy) {
    return connection(
        busy == 0 ? "c1" : "c2",
        busy == 0 ? "r/writes" : "r/reads",
        ConnectionHeap.NONE,
        new ConnectionStatus(null, null, null, busy, busy, busy, 5000L, bytes, 4L << 20, null));
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
            .test(ATest.of("r", "reads").at(Instant.EPOCH.plusSeconds(1)))
            .build();
    return Facts.builder()
        .runs(base.runs())
        .tests(base.tests())
        .connections(connections)
        .openStatements(statements)
        .quality(base.quality())
        .timeline(base.timeline())
        .build();
  }
}
