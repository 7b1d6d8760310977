// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxTest;
import io.memreport.input.box.BoxThread;
import io.memreport.model.LiveThread;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the threads of a run were doing when it broke off. */
final class LiveThreads {
  private LiveThreads() {}

  /** Those that ran a query first, the longest first; none without a black box. */
  static List<LiveThread> of(RunData data, Map<Long, String> testIds) {
    if (data.box == null) {
      return List.of();
    }
    Set<Long> over =
        data.box.tests().stream()
            .filter(test -> !test.running())
            .map(BoxTest::id)
            .collect(Collectors.toSet());
    return data.box.threads().stream()
        .map(thread -> live(data, thread, over.contains(thread.testId()) ? null : testIds))
        .sorted(
            Comparator.comparing(
                LiveThread::runningNanos, Comparator.nullsLast(Comparator.reverseOrder())))
        .toList();
  }

  private static LiveThread live(RunData data, BoxThread thread, Map<Long, String> testIds) {
    boolean query = thread.sqlId() != 0;
    return new LiveThread(
        data.input.id(),
        thread.osId(),
        thread.name(),
        thread.comm(),
        testIds == null ? null : testIds.get(thread.testId()),
        query ? QueryMerge.id(thread.sqlId()) : null,
        query ? data.sql.getOrDefault(thread.sqlId(), "(its text was lost)") : null,
        thread.inMemory(),
        thread.sinceNanoTime() == null
            ? null
            : Long.valueOf(data.box.lastNanoTime() - thread.sinceNanoTime()),
        thread.nativeHeldBytes(),
        thread.nativeAllocatedBytes(),
        thread.heapAllocatedBytes());
  }
}
