// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.Diagnosis;
import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.cache.MemoryDatabase;
import io.memreport.diagnosis.sqlite.cache.OpenTogether;
import io.memreport.diagnosis.sqlite.cache.PageCacheRetained;
import io.memreport.diagnosis.sqlite.connection.ConnectionNotClosed;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.sql.Pool;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.QueryWork;
import io.memreport.model.verdict.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connections that add up, each at the number and the size from which they are named. */
class OpenTogetherTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String FILE = "jdbc:sqlite:shop.db";
  private static final String SITE = "shop.Orders.find(Orders.java:12)";
  private static final int THREE = OpenTogether.LEAST_OF_TEST;
  private static final int MANY = OpenTogether.LEAST_OF_CODE;

  private ARun run = ARun.of("r", NOON);

  @Test
  void what_a_test_left_open_is_summed() {
    long each = OpenTogether.LEAST_BYTES_OF_TEST / THREE + 1;
    Facts facts = facts(connections(THREE, "r/saves", SITE, FILE, each), List.of());
    assertThat(new ConnectionNotClosed().examine(facts))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.clause()).isEqualTo("left 3 connections open, which hold 4.00 MiB");
              assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.saves()");
              assertThat(found.finding().evidence()).contains("1.33 MiB each, opened in " + SITE);
            });
    assertThat(new PageCacheRetained().examine(facts)).isEmpty();
  }

  @Test
  void two_or_small_ones_of_a_test_are_not_named() {
    long each = OpenTogether.LEAST_BYTES_OF_TEST / THREE;
    assertNone(facts(connections(THREE, "r/saves", SITE, FILE, each), List.of()));
    assertNone(facts(connections(THREE - 1, "r/saves", SITE, FILE, 3 << 20), List.of()));
  }

  @Test
  void what_one_line_left_open_is_summed_over_tests_and_outside_of_them() {
    long each = OpenTogether.LEAST_BYTES_OF_CODE / MANY;
    List<Connection> ofTests = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      ofTests.addAll(connections(1, "r/test" + i, SITE, FILE + i, each));
    }
    for (List<Connection> some : List.of(ofTests, connections(MANY, null, SITE, FILE, each))) {
      assertThat(new ConnectionNotClosed().examine(facts(some, List.of())))
          .singleElement()
          .satisfies(
              found -> assertThat(found.culprits().get(0).name()).isEqualTo("Orders.find()"));
    }
    assertNone(facts(connections(MANY - 1, null, SITE, FILE, 2 << 20), List.of()));
    assertNone(facts(connections(MANY, null, SITE, FILE, each - 1), List.of()));
    assertNone(facts(connections(MANY, null, null, FILE, each), List.of()));
  }

  @Test
  void what_pools_hold_is_theirs() {
    List<Connection> open = connections(MANY, null, SITE, FILE, 2 << 20);
    assertNone(facts(open, List.of(pool(MANY))));
    assertThat(new ConnectionNotClosed().examine(facts(open, List.of(pool(MANY - 1))))).hasSize(1);
  }

  @Test
  void what_no_code_of_the_application_opened_is_the_pools_that_fills_itself() {
    List<Connection> open = connections(THREE, "r/saves", null, FILE, 2 << 20);
    assertNone(facts(open, List.of(pool(1))));
    assertThat(new ConnectionNotClosed().examine(facts(open, List.of()))).hasSize(1);
  }

  @Test
  void small_databases_in_memory_add_up_and_large_ones_are_left_to_their_own_rule() {
    String memory = "jdbc:sqlite::memory:";
    assertThat(
            new ConnectionNotClosed()
                .examine(facts(connections(MANY, null, SITE, memory, 2 << 20), List.of())))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.cause()).isEqualTo(Cause.SQLITE_MEMORY_DB);
              assertThat(found.finding().advice()).doesNotContain("cache_size");
            });
    long large = MemoryDatabase.THRESHOLD_BYTES;
    assertNone(facts(connections(MANY, null, SITE, memory, large), List.of()));
  }

  @Test
  void a_small_database_in_memory_is_left_by_the_test_that_alone_used_it() {
    String memory = "jdbc:sqlite::memory:";
    long least = MemoryDatabase.LEAST_BYTES_OF_TEST;
    List<Connection> one = connections(1, "r/saves", SITE, memory, least);
    assertThat(databases(facts(one, List.of())))
        .singleElement()
        .satisfies(
            found -> assertThat(found.culprits().get(0).name()).isEqualTo("OrderTest.saves()"));
    assertThat(databases(facts(one, List.of(), use("r/saves", one)))).hasSize(1);
    assertThat(databases(facts(one, List.of(), use("r/loads", one)))).isEmpty();
    assertThat(databases(facts(one, List.of(), use(null, one)))).isEmpty();
    assertThat(databases(facts(one, List.of(pool(1))))).isEmpty();
    assertThat(databases(facts(connections(1, null, SITE, memory, least), List.of()))).isEmpty();
    assertThat(databases(facts(connections(1, "r/saves", SITE, memory, least - 1), List.of())))
        .isEmpty();
    assertThat(databases(facts(connections(THREE, "r/saves", SITE, memory, least), List.of())))
        .isEmpty();
  }

  @Test
  void what_is_named_is_not_said_to_be_of_nobody() {
    long held = 64 << 20;
    run = run.ending(Ending.CLEAN).held(held, null, null, held);
    assertThat(missing(held / 2 + MANY)).isEmpty();
    assertThat(missing(held / 2))
        .singleElement()
        .asString()
        .startsWith("SQLite still held 64.0 MiB");
  }

  @Test
  void other_drivers_are_left_to_others() {
    assertNone(facts(connections(MANY, null, SITE, "jdbc:postgresql:shop", 2 << 20), List.of()));
  }

  @Test
  void a_program_with_a_connection_to_each_of_many_databases_is_not_named() {
    List<Connection> tenants =
        new ArrayList<>(connections(1, null, SITE, "jdbc:sqlite:a", 2 << 20));
    for (int i = 1; i < MANY; i++) {
      tenants.addAll(connections(1, null, SITE, "jdbc:sqlite:" + i, 2 << 20));
    }
    assertNone(facts(tenants, List.of()));
  }

  @Test
  void they_explain_a_death_only_with_more_than_half_of_what_sqlite_held() {
    Facts facts = facts(connections(MANY, null, SITE, FILE, 2 << 20), List.of());
    long all = MANY * (2L << 20);
    assertThat(OpenTogether.most(facts, facts.runs().get(0), 2 * all - 1)).isNotNull();
    assertThat(OpenTogether.most(facts, facts.runs().get(0), 2 * all)).isNull();
    assertThat(OpenTogether.most(facts, facts.runs().get(0), null)).isNull();
  }

  private List<String> missing(long named) {
    Facts facts = facts(connections(MANY, null, SITE, FILE, named / MANY), List.of());
    return Diagnosis.of(facts).verdict().missing().stream()
        .filter(text -> text.startsWith("SQLite"))
        .toList();
  }

  private static List<Suspicion> databases(Facts facts) {
    return new MemoryDatabase().examine(facts);
  }

  private static QueryUse use(String test, List<Connection> connections) {
    return new QueryUse(test, "q", connections.get(0).id(), null, null, 1, 1L, 0, QueryWork.NONE);
  }

  private void assertNone(Facts facts) {
    assertThat(new ConnectionNotClosed().examine(facts)).isEmpty();
  }

  private static List<Connection> connections(
      int count, String test, String site, String url, long each) {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      connections.add(
          new Connection(
              "c" + test + i,
              "r",
              url,
              test,
              NOON,
              null,
              Map.of("cache_size", "-2000", "page_size", "4096"),
              ConnectionHeap.held(each),
              0,
              new ConnectionStatus(
                  "org.sqlite.SQLiteConnection", site, null, 0L, 0L, 0L, 10L, 0L, 0L, null)));
    }
    return connections;
  }

  private static Pool pool(int total) {
    return new Pool(
        "p", "r", "hikari", null, total, 0, 0L, 0L, 0L, 0L, 0L, null, null, 0, 0, total, 0, 0, 0,
        List.of());
  }

  private Facts facts(List<Connection> connections, List<Pool> pools, QueryUse... uses) {
    Facts base = new SomeFacts().run(run).test(ATest.of("r", "saves")).build();
    return Facts.builder()
        .runs(base.runs())
        .tests(base.tests())
        .connections(connections)
        .uses(List.of(uses))
        .quality(base.quality())
        .timeline(base.timeline())
        .pools(pools)
        .build();
  }
}
