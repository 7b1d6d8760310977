// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.sql;

import io.memreport.model.memory.NativeUse;
import java.util.List;

/** One SQL text, literals replaced by {@code ?}, with all its executions. */
public record Query(
    String id,
    String sql,
    long executions,
    long rows,
    long totalNanos,
    long maxNanos,
    long timeouts,
    long cancelled,
    long errors,
    QueryHeap heap,
    NativeUse sqlite,
    List<String> tests,
    List<String> connections,
    QueryWork work) {}
