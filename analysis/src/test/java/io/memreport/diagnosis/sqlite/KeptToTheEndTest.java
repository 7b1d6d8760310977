// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.diagnosis.sqlite.cache.PageCacheRetained;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Facts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service that gives its pages back only when it is stopped: its run ends in second 100. */
class KeptToTheEndTest {
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final long MIB = 1 << 20;

  /** Pages of 4 KiB: 1 GiB. */
  private static final String UNBOUNDED = "262144";

  private final SomeFacts some = new SomeFacts().run(ARun.of("r", at(100)));
  private long bytes = 64 * MIB;
  private long closed = 95;
  private String cacheSize = UNBOUNDED;

  @Test
  void is_told_like_one_that_keeps_them() {
    Suspicion found = found().get(0);
    assertThat(found.finding().title())
        .isEqualTo("SQLite keeps 64.0 MiB in the page cache of an idle connection");
    assertThat(found.finding().evidence())
        .isEqualTo(
            "The connection to jdbc:sqlite:orders.db stood idle, and held 64.0 MiB of pages until it"
                + " was closed when the program ended; its cache_size is 262144 pages");
    assertThat(found.bytes()).isEqualTo(64 * MIB);
  }

  @Test
  void less_is_what_a_service_may_have() {
    bytes = 64 * MIB - 1;
    assertThat(found()).isEmpty();
  }

  @Test
  void a_cache_that_was_given_a_bound_is_meant() {
    cacheSize = "200000";
    assertThat(found()).isEmpty();
  }

  @Test
  void what_was_closed_long_before_came_back_in_time() {
    closed = 94;
    assertThat(found()).isEmpty();
  }

  @Test
  void what_tests_close_at_their_end_is_no_service() {
    some.test(ATest.of("r", "works"));
    assertThat(found()).isEmpty();
  }

  @Test
  void a_query_that_worked_to_the_end_was_no_idleness() {
    some.running("r", "select 1", "c", 20_000, true);
    assertThat(found()).isEmpty();
  }

  private List<Suspicion> found() {
    Connection connection =
        new Connection(
            "c",
            "r",
            "jdbc:sqlite:orders.db",
            null,
            NOON,
            at(closed),
            Map.of("cache_size", cacheSize, "page_size", "4096", "file", "/orders.db"),
            ConnectionHeap.held(0L),
            0,
            new ConnectionStatus(null, null, null, 0L, 0L, 0L, 20_000L, 0L, 200 * MIB, bytes));
    Facts facts = some.connection(connection).build();
    return new PageCacheRetained().examine(facts);
  }

  private static Instant at(long second) {
    return NOON.plusSeconds(second);
  }
}
