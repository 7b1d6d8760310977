// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.model.Facts;
import io.memreport.model.Run;

/**
 * What a run may use for SQLite: nine tenths of the memory that it has, less its Java heap and the
 * JVM.
 *
 * @param memoryBytes the lower of the cgroup's limit and the machine's memory
 * @param forSqliteBytes what is left for SQLite, at least a twentieth of that
 */
public record MemoryBudget(long memoryBytes, long forSqliteBytes) {
  private static final double USABLE = 0.9;
  private static final double LEAST = 0.05;

  /** The JVM's own memory beside the heap: more on large machines, where it has more threads. */
  private static final long JVM_BYTES = 256L << 20;

  private static final long LARGE_JVM_BYTES = 768L << 20;
  private static final long LARGE_MACHINE_BYTES = 16L << 30;

  /** The budget of a run, or null if neither its machine nor its limit is known. */
  public static MemoryBudget of(Facts facts, String runId) {
    return facts.runs().stream()
        .filter(run -> run.id().equals(runId))
        .findFirst()
        .map(MemoryBudget::of)
        .orElse(null);
  }

  private static MemoryBudget of(Run run) {
    Long machine = run.context().machineBytes();
    Long limit = run.limitBytes();
    if (machine == null && limit == null) {
      return null;
    }
    long memory =
        Math.min(
            machine == null ? Long.MAX_VALUE : machine, limit == null ? Long.MAX_VALUE : limit);
    Long heap = run.context().limits() == null ? null : run.context().limits().maxHeapBytes();
    long jvm = memory > LARGE_MACHINE_BYTES ? LARGE_JVM_BYTES : JVM_BYTES;
    long left = (long) (USABLE * memory) - (heap == null ? 0 : heap) - jvm;
    return new MemoryBudget(memory, Math.max(left, (long) (LEAST * memory)));
  }

  /** Of a budget that may be unknown. */
  public static Double bytes(MemoryBudget budget) {
    return budget == null ? null : (double) budget.forSqliteBytes();
  }
}
