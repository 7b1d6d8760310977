// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import java.time.Instant;
import java.util.List;

/**
 * What {@code memreport shm clean} did, or would do.
 *
 * @param left what is no orphan, each with its reason
 * @param remaining orphans and abandoned servers that are there afterwards
 */
public record ShmCleaning(
    String schema,
    Instant at,
    boolean dryRun,
    List<ServerStop> servers,
    List<ShmRemoval> removals,
    List<ShmEntry> left,
    long remaining,
    List<String> notes) {
  /** Bytes of the orphans that have an outcome. */
  public long bytes(ShmOutcome outcome) {
    return removals.stream()
        .filter(removal -> removal.outcome() == outcome)
        .mapToLong(ShmRemoval::bytes)
        .sum();
  }

  /** How many orphans have an outcome. */
  public long count(ShmOutcome outcome) {
    return removals.stream().filter(removal -> removal.outcome() == outcome).count();
  }
}
