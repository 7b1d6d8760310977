// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.statement.ResultKeepsMemory;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.TestResult;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.sql.OpenStatements;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultKeepsMemoryTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long MIB = 1 << 20;

  @Test
  void a_test_is_named_that_left_half_of_what_running_statements_hold() {
    assertThat(found(4 * MIB, 2 * MIB, 1, null))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.clause()).isEqualTo("left a result open that keeps 2.00 MiB");
              assertThat(one.culprits().get(0).name()).isEqualTo("OrderTest.ranks()");
            });
    assertThat(found(4 * MIB, 2 * MIB - 1, 1, null)).isEmpty();
  }

  @Test
  void little_is_not_reported_nor_what_is_not_open_any_more() {
    assertThat(found(4 * MIB - 1, 4 * MIB, 1, null)).isEmpty();
    assertThat(found(4 * MIB, 4 * MIB, 0, null)).isEmpty();
    assertThat(found(4 * MIB, 4 * MIB, 1, NOON)).isEmpty();
  }

  private static List<Suspicion> found(long working, long left, long busy, Instant closed) {
    Connection connection =
        new Connection(
            "c1",
            "r",
            "jdbc:sqlite:shop.db",
            null,
            NOON,
            closed,
            Map.of(),
            new ConnectionHeap(null, null, null, null, null, null, null, null, working),
            1,
            new ConnectionStatus(null, null, null, 1L, 1L, busy, 10L, 0L, 0L, null));
    Facts base =
        new SomeFacts()
            .run(ARun.of("r", NOON).ending(Ending.CLEAN))
            .test(ATest.of("r", "ranks"))
            .build();
    TestResult test = base.tests().get(0);
    return new ResultKeepsMemory()
        .examine(
            Facts.builder()
                .runs(base.runs())
                .tests(List.of(withSqlite(test, left)))
                .connections(List.of(connection))
                .openStatements(List.of(new OpenStatements(test.id(), null, "c1", 1, 0L)))
                .quality(base.quality())
                .timeline(base.timeline())
                .build());
  }

  private static TestResult withSqlite(TestResult test, long retained) {
    return new TestResult(
        test.id(),
        test.runId(),
        test.kind(),
        test.className(),
        test.methodName(),
        test.displayName(),
        test.status(),
        test.startedAt(),
        test.durationNanos(),
        test.threadCount(),
        test.heap(),
        new NativeUse(retained, retained, retained),
        test.shared(),
        test.leaks(),
        test.queries(),
        test.classes(),
        test.failure());
  }
}
