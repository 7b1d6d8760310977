// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.Sums;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryHeap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The queries of all runs, those with the same fingerprint as one. */
final class QueryMerge {
  private final Map<String, Sum> sums = new LinkedHashMap<>();

  private static final class Sum {
    private final Usage usage;
    private final Set<String> tests = new LinkedHashSet<>();
    private final Set<String> connections = new LinkedHashSet<>();
    private String sql;
    private String site;

    Sum(long sql) {
      usage = new Usage(0, sql, 0);
    }
  }

  /** A query's id is its fingerprint. */
  static String id(long sql) {
    return "q" + Long.toHexString(sql);
  }

  String add(RunData run, Usage usage, Map<Long, String> testIds, Map<Long, String> connectionIds) {
    String id = id(usage.sql);
    Sum sum = sums.computeIfAbsent(id, missing -> new Sum(usage.sql));
    sum.sql = run.sql.getOrDefault(usage.sql, sum.sql);
    sum.site = run.sites.getOrDefault(usage.sql, sum.site);
    sum.usage.add(usage);
    if (testIds.containsKey(usage.test)) {
      sum.tests.add(testIds.get(usage.test));
    }
    if (connectionIds.containsKey(usage.connection)) {
      sum.connections.add(connectionIds.get(usage.connection));
    }
    return id;
  }

  /** The id of a query of which nothing but its text may be known. */
  String id(RunData run, long sql) {
    String id = id(sql);
    Sum sum = sums.computeIfAbsent(id, missing -> new Sum(sql));
    sum.sql = run.sql.getOrDefault(sql, sum.sql);
    sum.site = run.sites.getOrDefault(sql, sum.site);
    return id;
  }

  List<Query> all() {
    List<Query> queries = new ArrayList<>();
    sums.forEach((id, sum) -> queries.add(query(id, sum)));
    return queries;
  }

  private static Query query(String id, Sum sum) {
    Usage usage = sum.usage;
    return new Query(
        id,
        sum.sql == null ? "(its text was lost)" : sum.sql,
        usage.executions,
        usage.rows,
        usage.totalNanos,
        usage.maxNanos,
        usage.timeouts,
        usage.cancelled,
        usage.errors,
        new QueryHeap(usage.heapAllocated),
        new NativeUse(usage.nativeAllocated, usage.nativePeak, Sums.retained(usage.nativeNet)),
        List.copyOf(sum.tests),
        List.copyOf(sum.connections),
        usage.work(sum.site));
  }
}
