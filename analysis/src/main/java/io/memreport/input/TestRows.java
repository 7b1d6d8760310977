// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.OldObject;
import io.memreport.input.jfr.Sums;
import io.memreport.model.Leak;
import io.memreport.model.TestKind;
import io.memreport.model.TestResult;
import io.memreport.model.TestStatus;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.memory.HeapUse;
import io.memreport.model.memory.NativeUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of one run's tests. */
final class TestRows {
  private final RunData data;
  private final Map<Long, String> ids;
  private final Map<Long, Set<String>> queries = new HashMap<>();
  private final Map<Long, Usage> unfinished = new HashMap<>();
  private final Map<String, List<HeapSite>> sites;

  TestRows(RunData data, Map<Long, String> ids, QueryMerge merge) {
    this.data = data;
    this.ids = ids;
    sites =
        data.heap.sites(data.input.id(), ids).stream()
            .filter(site -> site.testId() != null)
            .collect(Collectors.groupingBy(HeapSite::testId));
    for (Usage usage : data.usages.values()) {
      queries
          .computeIfAbsent(usage.test, missing -> new LinkedHashSet<>())
          .add(QueryMerge.id(usage.sql));
      unfinished.computeIfAbsent(usage.test, missing -> new Usage(0, 0, 0)).add(usage);
    }
  }

  TestResult row(TestData test) {
    return new TestResult(
        ids.get(test.id),
        data.input.id(),
        kind(test.kind),
        test.className,
        test.methodName,
        test.displayName,
        status(test),
        test.startedAt,
        test.durationNanos,
        test.threads,
        new HeapUse(test.heapAllocated, Sums.retained(test.heapRetained)),
        sqlite(test),
        data.shared.use(test, data.lastEventAt),
        leaks(test),
        queries.getOrDefault(test.id, Set.of()).stream().sorted().toList(),
        data.classes.of(test.id, sites.getOrDefault(ids.get(test.id), List.of())),
        test.failure);
  }

  /** Of a test that never ended, what its queries had added when that was last written. */
  private NativeUse sqlite(TestData test) {
    if (!test.ended) {
      Usage soFar = unfinished.get(test.id);
      return soFar == null
          ? new NativeUse(null, null, null)
          : new NativeUse(soFar.nativeAllocated, soFar.nativePeak, Sums.retained(soFar.nativeNet));
    }
    return new NativeUse(test.nativeAllocated, test.nativePeak, Sums.retained(test.nativeNet));
  }

  /** Unknown if the engine never told, as for tests that run inside an engine's test kit. */
  private static TestStatus status(TestData test) {
    if (!test.ended && !test.over) {
      return TestStatus.RUNNING_AT_END;
    }
    return switch (test.status == null ? "" : test.status) {
      case "passed" -> TestStatus.PASSED;
      case "failed" -> TestStatus.FAILED;
      case "aborted" -> TestStatus.ABORTED;
      case "skipped" -> TestStatus.SKIPPED;
      default -> TestStatus.UNKNOWN;
    };
  }

  private List<Leak> leaks(TestData test) {
    List<Leak> leaks = new ArrayList<>();
    data.openStatements.forEach(
        (key, said) -> {
          if (key.test() == test.id && said.open() > 0) {
            String sql = data.sql.getOrDefault(key.sql(), "(its text was lost)");
            leaks.add(
                new Leak(
                    "statements",
                    said.open() + " statements not closed: " + sql,
                    said.held(),
                    test.startedAt));
          }
        });
    for (OldObject object : test.oldObjects) {
      leaks.add(
          new Leak(
              "java-heap",
              object.type() + " held by " + object.chain(),
              object.bytes(),
              object.allocatedAt()));
    }
    leaks.addAll(data.shared.leaks(test, data));
    return leaks;
  }

  /** As {@code memreport.TestStart} has it. */
  private static TestKind kind(String recorded) {
    return recorded == null
        ? null
        : switch (recorded) {
          case "class" -> TestKind.FIXTURE;
          case "span" -> TestKind.SPAN;
          default -> TestKind.TEST;
        };
  }
}
