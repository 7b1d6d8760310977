// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.death.holder;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ARun;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Facts;
import io.memreport.model.LiveThread;
import io.memreport.model.verdict.Cause;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What SQLite held its memory for, where the black box is all that there is. */
class SqliteCauseTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final long BYTES = 150L << 20;

  private static SqliteCause of(boolean inMemory, String sql) {
    Facts facts =
        new SomeFacts()
            .run(ARun.of("r", NOON))
            .live(
                new LiveThread(
                    "r", 1L, "main", "main", null, "q", sql, inMemory, 5L, null, null, null))
            .build();
    return SqliteCause.of(facts, facts.runs().get(0), BYTES);
  }

  @Test
  void a_young_connection_to_a_database_in_memory_is_known_by_its_running_query() {
    assertThat(of(true, "insert into pictures values (?)").cause())
        .isEqualTo(Cause.SQLITE_MEMORY_DB);
  }

  @Test
  void of_one_to_a_file_it_is_the_page_cache_or_a_sort() {
    assertThat(of(false, "insert into pictures values (?)").cause())
        .isEqualTo(Cause.SQLITE_PAGE_CACHE);
    assertThat(of(false, "select a from t order by b").cause()).isEqualTo(Cause.SQLITE_SORT);
  }
}
