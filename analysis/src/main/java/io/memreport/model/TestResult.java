// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import java.time.Instant;
import java.util.List;

/**
 * One execution of one test, or the fixtures of one class.
 *
 * @param failure class of what it threw, or null
 */
public record TestResult(
    String id,
    String runId,
    TestKind kind,
    String className,
    String methodName,
    String displayName,
    TestStatus status,
    Instant startedAt,
    Long durationNanos,
    Integer threadCount,
    HeapUse heap,
    NativeUse sqlite,
    SharedUse shared,
    List<Leak> leaks,
    List<String> queries,
    String failure) {
  /** Whether it is the fixtures of a class. */
  @JsonIgnore
  public boolean isFixture() {
    return kind == TestKind.FIXTURE;
  }
}
