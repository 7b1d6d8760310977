// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.model.Pool;
import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.PoolEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;

/** What one run says of connection pools. */
final class PoolEvents {
  private final Map<Long, PoolData> pools = new TreeMap<>();

  /** Takes an event; false if it is not one of these. */
  boolean add(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case PoolEvent.NAME -> pool(event).reading(event);
      case BorrowedEvent.NAME -> pool(event).borrowed(event);
      default -> {
        return false;
      }
    }
    return true;
  }

  private PoolData pool(RecordedEvent event) {
    return pools.computeIfAbsent(event.getLong("poolId"), missing -> new PoolData());
  }

  List<Pool> pools(String runId, StableIds ids, Map<Long, String> connectionIds) {
    List<Pool> all = new ArrayList<>();
    for (PoolData pool : pools.values()) {
      all.add(pool.pool(ids.of("p", "pool " + pool.kind + " " + pool.name), runId, connectionIds));
    }
    return all;
  }
}
