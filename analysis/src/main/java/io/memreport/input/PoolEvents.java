// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.EventReader;
import io.memreport.model.sql.Pool;
import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.PoolEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/** What one run says of connection pools. */
final class PoolEvents {
  private static final EventReader<PoolEvent> POOL = EventReader.of(PoolEvent.class);
  private static final EventReader<BorrowedEvent> BORROWED = EventReader.of(BorrowedEvent.class);

  private final Map<Long, PoolData> pools = new TreeMap<>();

  /** Takes an event; false if it is not one of these. */
  boolean add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case PoolEvent.NAME -> {
        PoolEvent reading = POOL.read(event);
        pool(reading.poolId).reading(reading, event.getStartTime());
      }
      case BorrowedEvent.NAME -> {
        BorrowedEvent borrowed = BORROWED.read(event);
        pool(borrowed.poolId).borrowed(borrowed);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private PoolData pool(long id) {
    return pools.computeIfAbsent(id, missing -> new PoolData());
  }

  List<Pool> pools(String runId, StableIds ids, Map<Long, String> connectionIds) {
    List<Pool> all = new ArrayList<>();
    for (PoolData pool : pools.values()) {
      all.add(pool.pool(ids.of("p", "pool " + pool.kind + " " + pool.name), runId, connectionIds));
    }
    return all;
  }
}
