// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.memreport.model.memory.ClassUse;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.SharedUse;
import java.time.Instant;
import java.util.List;

/**
 * One execution of one test, or the fixtures of one class.
 *
 * @param queries ids of those that it ran, in their order; {@code report.json} has those only that
 *     do not name it themselves
 * @param classes what it allocated or left of Java heap, the largest first; empty if unknown
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> queries,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ClassUse> classes,
    @JsonInclude(JsonInclude.Include.NON_NULL) String failure) {
  public TestResult {
    queries = queries == null ? List.of() : queries;
    classes = classes == null ? List.of() : classes;
  }

  /** The same with other queries. */
  public TestResult with(List<String> others) {
    return new TestResult(
        id,
        runId,
        kind,
        className,
        methodName,
        displayName,
        status,
        startedAt,
        durationNanos,
        threadCount,
        heap,
        sqlite,
        shared,
        leaks,
        others,
        classes,
        failure);
  }

  /** Whether it is the fixtures of a class. */
  @JsonIgnore
  public boolean isFixture() {
    return kind == TestKind.FIXTURE;
  }
}
