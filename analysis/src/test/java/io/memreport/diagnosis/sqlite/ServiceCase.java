// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.sqlite;

import io.memreport.model.Ending;
import io.memreport.model.Facts;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.Timeline;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.NativeUse;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.ConnectionHeap;
import io.memreport.model.sql.ConnectionStatus;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryHeap;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.QueryWork;
import io.memreport.model.sql.ServiceFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service with connections that are alike and one query; what a test does not say is ordinary.
 */
final class ServiceCase {
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "file",
              "/data/orders.db",
              "page_size",
              "4096",
              "cache_size",
              "-2000",
              "library_version",
              "3.54.1",
              "temp_store",
              "0",
              "mmap_size",
              "0"));

  String url = "jdbc:sqlite:/data/orders.db";
  String sql = "select a from t where b = ?";
  int connections = 1;
  long machine = 16 * GIB;
  long database = 10 * MIB;
  long rss = 400 * MIB;
  long schema = 10_000;
  long working;
  long cache = 2 * MIB;
  Long sorts;
  Instant closedAt;
  Long beforeAttach;
  Long highestSqlite;
  Long arenaFree;
  long rssFile = 20 * MIB;
  long pssFile = 20 * MIB;
  long peak = 5 * MIB;
  long maxNanos = 1_000_000;
  long cancelled;
  CgroupSample cgroup;

  ServiceCase set(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** SQLite was not asked. */
  ServiceCase withoutSettings() {
    settings.clear();
    return this;
  }

  Facts facts() {
    RunContext context =
        new RunContext(null, null, null, null, machine, null, null, null, null, null);
    MemoryAtEnd end =
        new MemoryAtEnd(
            rss, null, null, null, null, null, null, 5 * MIB, null, null, null, null, null, null);
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      all.add(connection(i));
    }
    ProcessMemory memory =
        new ProcessMemory(
            "run",
            NOON,
            rss - rssFile,
            rssFile,
            0L,
            rss,
            rss - rssFile,
            pssFile,
            0L,
            arenaFree == null ? null : Long.valueOf(arenaFree + 20 * MIB),
            arenaFree,
            arenaFree == null ? null : Long.valueOf(arenaFree + 20 * MIB),
            0L,
            "glibc");
    return Facts.builder()
        .runs(
            List.of(
                new Run("run", 1L, NOON, NOON, Role.TEST_FORK, Ending.CLEAN, null, end, context)))
        .queries(List.of(query()))
        .connections(all)
        .uses(List.of(new QueryUse(null, "q", "c0", peak, 0L, 1, maxNanos, cancelled, work())))
        .timeline(
            new Timeline(
                samples(), List.of(), cgroup == null ? List.of() : List.of(cgroup), List.of()))
        .service(new ServiceFacts(List.of(), List.of(), List.of(memory)))
        .build();
  }

  private List<MemorySample> samples() {
    return highestSqlite == null
        ? List.of()
        : List.of(
            new MemorySample(
                "run",
                NOON,
                rss,
                null,
                null,
                null,
                null,
                highestSqlite,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
  }

  private Connection connection(int number) {
    return new Connection(
        "c" + number,
        "run",
        url,
        null,
        closedAt == null ? NOON : closedAt.minusSeconds(60).plusSeconds(60L * number),
        closedAt == null ? null : closedAt.plusSeconds(60L * number),
        settings,
        new ConnectionHeap(cache + MIB, cache, schema, 5_000L, 10L, 10L, 0L, 0L, working),
        0,
        new ConnectionStatus(
            "org.sqlite.jdbc4.JDBC4Connection",
            null,
            beforeAttach,
            0L,
            2L,
            0L,
            100L,
            0L,
            database,
            null));
  }

  private Query query() {
    return new Query(
        "q",
        sql,
        1,
        1,
        maxNanos,
        maxNanos,
        0,
        cancelled,
        0,
        new QueryHeap(0L),
        new NativeUse(peak, peak, 0L),
        List.of(),
        List.of("c0"),
        QueryWork.NONE);
  }

  private QueryWork work() {
    return sorts == null ? QueryWork.NONE : new QueryWork(0L, sorts, 0L, 1000L, 0, 0, null);
  }

  static CgroupSample cgroup(long usage, long limit, long files) {
    return new CgroupSample(
        "run",
        NOON,
        usage,
        limit,
        usage - files,
        files,
        0L,
        0L,
        0L,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }
}
