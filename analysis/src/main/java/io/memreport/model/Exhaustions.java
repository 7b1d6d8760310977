// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.memory.HeapSite;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What JVMs said themselves of how they fared and ended.
 *
 * @param errors OutOfMemoryErrors, in the order of time
 * @param exits by run id, the status of those that exited without shutting down, as when halted
 * @param shutDown ids of runs whose JVMs shut down in order, rather than their recordings alone
 * @param heap what lived of the Java heap right after the first OutOfMemoryError of each run
 */
public record Exhaustions(
    List<Exhaustion> errors,
    Map<String, Integer> exits,
    Set<String> shutDown,
    List<HeapSite> heap) {
  /** None said anything. */
  public static final Exhaustions NONE = new Exhaustions(List.of(), Map.of(), Set.of(), List.of());

  /** The first OutOfMemoryError of a run, or null. */
  public Exhaustion firstError(Run run) {
    return errors.stream().filter(error -> error.runId().equals(run.id())).findFirst().orElse(null);
  }

  /** The last one, or null. */
  public Exhaustion lastError(Run run) {
    return errors.stream()
        .filter(error -> error.runId().equals(run.id()))
        .reduce((earlier, later) -> later)
        .orElse(null);
  }
}
