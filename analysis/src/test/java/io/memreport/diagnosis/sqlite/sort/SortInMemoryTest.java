// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.diagnosis.rule.Suspicion;
import io.memreport.model.Facts;
import io.memreport.model.Timeline;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryHeap;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.QueryWork;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SortInMemoryTest {
  private static final long LARGE = SortInMemory.THRESHOLD_BYTES;

  @Test
  void namesAQueryThatHeldMuchAndGaveItBack() {
    assertThat(found("memory", LARGE, 0L)).hasSize(1);
    assertThat(found("2", LARGE + 10, 10L)).hasSize(1);
  }

  @Test
  void accusesNoneBelowTheThresholdNorOneThatMaySpill() {
    assertThat(found("memory", LARGE - 1, 0L)).isEmpty();
    assertThat(found("memory", LARGE, LARGE)).isEmpty();
    assertThat(found("file", LARGE, 0L)).isEmpty();
  }

  @Test
  void accusesNoneWhoseBalanceIsUnknown() {
    assertThat(found("memory", LARGE, null)).isEmpty();
    assertThat(found("memory", null, 0L)).isEmpty();
  }

  private static List<Suspicion> found(String tempStore, Long peak, Long net) {
    Connection connection =
        new Connection(
            "c",
            "run",
            "jdbc:sqlite:orders.db",
            null,
            Instant.EPOCH,
            null,
            Map.of("temp_store", tempStore),
            new ConnectionHeap(0L, null, null, null, null, null, null, null, null),
            0,
            ConnectionStatus.NONE);
    Query query =
        new Query(
            "q",
            "select a from t order by a",
            1,
            1,
            1,
            1,
            0,
            0,
            0,
            new QueryHeap(1L),
            new NativeUse(peak, peak, net),
            List.of(),
            List.of("c"),
            QueryWork.NONE);
    return new SortInMemory()
        .examine(
            Facts.builder()
                .queries(List.of(query))
                .connections(List.of(connection))
                .uses(List.of(new QueryUse(null, "q", "c", peak, net, 1, 0, 0, QueryWork.NONE)))
                .timeline(new Timeline(List.of(), List.of()))
                .build());
  }
}
