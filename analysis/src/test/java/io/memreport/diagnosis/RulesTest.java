// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.java.HeapRetained;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.cache.MemoryDatabase;
import io.memreport.diagnosis.sqlite.cache.PageCacheRetained;
import io.memreport.diagnosis.sqlite.statement.StatementNotClosed;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Leak;
import io.memreport.model.PostMortem;
import io.memreport.model.Quality;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.Timeline;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.sql.OpenStatements;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryHeap;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.QueryWork;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.VerdictKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each rule just at its threshold, just below it, and where what it looks for is gone. */
class RulesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String FILE = "jdbc:sqlite:shop.db";

  @Test
  void an_open_connection_that_holds_pages_is_named_with_its_test_and_setting() {
    PostMortem found =
        Diagnosis.of(facts(FILE, PageCacheRetained.THRESHOLD_BYTES, null, 0, 0L, Map.of()));
    assertThat(found.verdict().kind()).isEqualTo(VerdictKind.LEAK);
    assertThat(found.verdict().cause()).isEqualTo(Cause.SQLITE_PAGE_CACHE);
    assertThat(found.verdict().headline())
        .isEqualTo("OrderTest.saves() left 4.00 MiB in SQLite's page cache.");
    assertThat(found.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.id()).isEqualTo("sqlite.page-cache-retained");
              assertThat(finding.evidence())
                  .contains("cache_size is 1000000 pages")
                  .contains("select a from t");
              assertThat(finding.where()).isEqualTo("t1");
            });
  }

  @Test
  void pages_below_the_threshold_or_given_back_are_no_finding() {
    assertClean(facts(FILE, PageCacheRetained.THRESHOLD_BYTES - 1, null, 0, 0L, Map.of()));
    assertClean(facts(FILE, 500_000_000, NOON, 0, 0L, Map.of()));
  }

  @Test
  void what_statements_hold_is_not_taken_for_pages() {
    PostMortem found =
        Diagnosis.of(
            facts(
                FILE,
                PageCacheRetained.THRESHOLD_BYTES,
                null,
                StatementNotClosed.THRESHOLD_COUNT,
                0L,
                Map.of()));
    assertThat(found.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.id()).isEqualTo("sqlite.statement-not-closed"));
    assertThat(found.verdict().headline())
        .isEqualTo("OrderTest.saves() never closed 50 statements (195 KiB).");
  }

  @Test
  void a_few_open_statements_are_no_finding() {
    assertClean(facts(FILE, 0, null, StatementNotClosed.THRESHOLD_COUNT - 1, 0L, Map.of()));
  }

  @Test
  void a_database_in_memory_is_told_from_the_cache_of_a_file() {
    for (String url :
        List.of("jdbc:sqlite::memory:", "jdbc:sqlite:", "jdbc:sqlite:file:a?mode=memory")) {
      PostMortem found =
          Diagnosis.of(facts(url, MemoryDatabase.THRESHOLD_BYTES, null, 0, 0L, Map.of()));
      assertThat(found.verdict().cause()).as(url).isEqualTo(Cause.SQLITE_MEMORY_DB);
      assertThat(found.findings()).hasSize(1);
    }
    long least = MemoryDatabase.LEAST_BYTES_OF_TEST;
    assertThat(Diagnosis.of(facts("jdbc:sqlite::memory:", least, null, 0, 0L, Map.of())).findings())
        .hasSize(1);
    assertClean(facts("jdbc:sqlite::memory:", least - 1, null, 0, 0L, Map.of()));
    assertClean(
        facts("jdbc:sqlite::memory:", MemoryDatabase.THRESHOLD_BYTES, NOON, 0, 0L, Map.of()));
  }

  @Test
  void a_memory_database_that_connections_share_is_told_once_by_its_pages() {
    String url = "jdbc:sqlite:file:shop?mode=memory&cache=shared";
    assertThat(MemoryDatabaseCase.bytes(url, null, null)).containsExactly(42L << 20);
    assertThat(MemoryDatabaseCase.bytes(url, NOON, null)).containsExactly(42L << 20);
    assertThat(MemoryDatabaseCase.bytes(url, NOON, NOON)).isEmpty();
    assertThat(MemoryDatabaseCase.bytes("jdbc:sqlite::memory:", null, null)).isEmpty();
  }

  @Test
  void a_recorder_that_failed_proves_nothing() {
    Quality failed =
        new Quality(null, 0, List.of("The end of a test failed, figures may be incomplete: Error"));
    Facts sound = facts(FILE, 0, null, 0, 0L, Map.of());
    assertThat(Diagnosis.of(sound).verdict().confidence()).isEqualTo(Confidence.CERTAIN);
    Facts facts =
        Facts.builder()
            .runs(sound.runs())
            .tests(sound.tests())
            .queries(sound.queries())
            .connections(sound.connections())
            .uses(sound.uses())
            .quality(failed)
            .timeline(sound.timeline())
            .build();
    assertThat(Diagnosis.of(facts).verdict().confidence()).isEqualTo(Confidence.LIKELY);
  }

  @Test
  void java_heap_is_named_unless_it_was_gone_when_the_class_ended() {
    long retained = HeapRetained.THRESHOLD_BYTES;
    PostMortem found = Diagnosis.of(facts(FILE, 0, null, 0, retained, Map.of()));
    assertThat(found.verdict().cause()).isEqualTo(Cause.JAVA_HEAP);
    assertThat(found.verdict().headline())
        .isEqualTo("OrderTest.saves() left 2.00 MiB of Java heap behind.");
    assertClean(facts(FILE, 0, null, 0, retained - 1, Map.of()));
    assertClean(facts(FILE, 0, null, 0, retained, Map.of("t1", 1L)));
  }

  private static void assertClean(Facts facts) {
    PostMortem found = Diagnosis.of(facts);
    assertThat(found.findings()).isEmpty();
    assertThat(found.verdict().kind()).isEqualTo(VerdictKind.CLEAN);
  }

  /** Two connections to a database of 42 MiB in memory, of which malloc counted 64 KiB each. */
  private static final class MemoryDatabaseCase {
    static List<Long> bytes(String url, Instant firstClosed, Instant secondClosed) {
      Facts base = facts(FILE, 0, null, 0, 0L, Map.of());
      List<Connection> both =
          List.of(open("c1", url, NOON, firstClosed), open("c2", url, NOON, secondClosed));
      return new MemoryDatabase()
              .examine(
                  Facts.builder()
                      .runs(base.runs())
                      .tests(base.tests())
                      .connections(both)
                      .quality(base.quality())
                      .timeline(base.timeline())
                      .build())
              .stream()
              .map(Suspicion::bytes)
              .toList();
    }

    private static Connection open(String id, String url, Instant at, Instant closedAt) {
      return new Connection(
          id,
          "run",
          url,
          "t1",
          at,
          closedAt,
          Map.of(),
          new ConnectionHeap(64L << 10, 42L << 20, null, null, null, null, null, null, null),
          0,
          ConnectionStatus.NONE);
    }
  }

  private static Facts facts(
      String url,
      long held,
      Instant closedAt,
      long open,
      Long heapRetained,
      Map<String, Long> released) {
    TestResult test =
        new TestResult(
            "t1",
            "run",
            TestKind.TEST,
            "shop.OrderTest",
            "saves",
            "saves()",
            TestStatus.PASSED,
            NOON,
            1000L,
            1,
            new HeapUse(0L, heapRetained),
            new NativeUse(held, held, held),
            new SharedUse(null, null, null),
            List.of(new Leak("java-heap", "byte[] held by static shop.Cache.ALL", 1L, NOON)),
            List.of("q1"),
            List.of(),
            null);
    Query query =
        new Query(
            "q1",
            "select a from t",
            1,
            1,
            1,
            1,
            0,
            0,
            0,
            new QueryHeap(0L),
            new NativeUse(held, held, held),
            List.of("t1"),
            List.of("c1"),
            QueryWork.NONE);
    Connection connection =
        new Connection(
            "c1",
            "run",
            url,
            "t1",
            NOON,
            closedAt,
            Map.of("cache_size", "1000000"),
            new ConnectionHeap(held, null, null, null, null, null, null, null, null),
            open,
            ConnectionStatus.NONE);
    List<OpenStatements> statements =
        open == 0 ? List.of() : List.of(new OpenStatements("t1", "q1", "c1", open, open * 4000));
    return Facts.builder()
        .runs(
            List.of(
                new Run(
                    "run",
                    1L,
                    NOON,
                    NOON,
                    Role.TEST_FORK,
                    Ending.CLEAN,
                    null,
                    null,
                    RunContext.NONE)))
        .tests(List.of(test))
        .queries(List.of(query))
        .connections(List.of(connection))
        .uses(List.of(new QueryUse("t1", "q1", "c1", held, held, 1, 0, 0, QueryWork.NONE)))
        .openStatements(statements)
        .timeline(new Timeline(List.of(), List.of()))
        .releasedHeap(released)
        .build();
  }
}
