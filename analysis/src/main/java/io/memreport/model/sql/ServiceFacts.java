// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import io.memreport.model.memory.ProcessMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a service beside what its queries and connections took. */
public record ServiceFacts(
    List<OpenResult> openResults,
    List<RunningQuery> runningQueries,
    List<ProcessMemory> processMemory) {
  /** Nothing is known. */
  public static final ServiceFacts NONE = new ServiceFacts(List.of(), List.of(), List.of());

  /** The last word on a run's memory, or null. */
  public @Nullable ProcessMemory lastMemory(String runId) {
    return processMemory.stream()
        .filter(memory -> memory.runId().equals(runId))
        .reduce((earlier, later) -> later)
        .orElse(null);
  }
}
