// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxThread;
import io.memreport.input.jfr.EventReader;
import io.memreport.input.jfr.Sums;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.sql.OpenResult;
import io.memreport.model.sql.RunningQuery;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.event.ConnectionStatusEvent;
import io.memreport.recorder.event.OpenResultEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.RunningQueryEvent;
import io.memreport.recorder.event.memory.ProcessMemoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What one run says of open results, of calls that do not come back, and of the process's memory.
 */
final class ServiceEvents {
  private static final EventReader<ConnectionStatusEvent> STATUS =
      EventReader.of(ConnectionStatusEvent.class);
  private static final EventReader<OpenResultEvent> RESULT = EventReader.of(OpenResultEvent.class);
  private static final EventReader<RunningQueryEvent> RUNNING =
      EventReader.of(RunningQueryEvent.class);
  private static final EventReader<ProcessMemoryEvent> MEMORY =
      EventReader.of(ProcessMemoryEvent.class);

  /** A call is shown each second: one that was not for longer has come back. */
  private static final Duration SHOWN_EACH = Duration.ofMillis(2500);

  /** Names that are longer are cut in the black box: at most 4 bytes a character. */
  private static final int LONGEST_NAME = BoxLayout.THREAD_NAME_ROOM / 4 - 1;

  private final Map<ResultKey, Result> results = new LinkedHashMap<>();
  private final Map<QueryKey, Running> running = new LinkedHashMap<>();
  private final List<ProcessMemory> memory = new ArrayList<>();

  /** When executions of a text were last counted, which they are once they are over. */
  private final Map<ResultKey, Instant> counted = new HashMap<>();

  private record ResultKey(long connection, long sql) {}

  private record QueryKey(long connection, long sql, long test, String thread) {}

  /** Results of one text: how many when it was last said, and the most of each figure. */
  private static final class Result {
    private Instant at = Instant.MIN;
    private long open;
    private long most;
    private long longestIdle;
    private Long bytes;
  }

  /** Calls of one text: the longest, and when one was last seen. */
  private static final class Running {
    private Instant at = Instant.MIN;
    private long longest;
    private boolean interrupted;
  }

  /** Takes an event; false if it is not one of these. */
  boolean add(RecordedEvent event, RunData data) {
    Instant at = event.getStartTime();
    switch (event.getEventType().getName()) {
      case ConnectionStatusEvent.NAME -> {
        ConnectionStatusEvent status = STATUS.read(event);
        data.connection(status.connectionId).status(status, at);
      }
      case OpenResultEvent.NAME -> result(RESULT.read(event), at);
      case RunningQueryEvent.NAME -> running(RUNNING.read(event), at);
      case ProcessMemoryEvent.NAME -> memory.add(memory(MEMORY.read(event), at));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void result(OpenResultEvent event, Instant at) {
    Result result =
        results.computeIfAbsent(
            new ResultKey(event.connectionId, event.sqlId), missing -> new Result());
    long open = event.open;
    result.most = Math.max(result.most, open);
    result.longestIdle = Math.max(result.longestIdle, event.idleMillis);
    result.bytes = Sums.max(result.bytes, Sums.known(event.statementBytes));
    if (!at.isBefore(result.at)) {
      result.at = at;
      result.open = open;
    }
  }

  private void running(RunningQueryEvent event, Instant at) {
    Running query =
        running.computeIfAbsent(
            new QueryKey(event.connectionId, event.sqlId, event.testId, event.threadName),
            missing -> new Running());
    query.longest = Math.max(query.longest, event.runningMillis);
    query.interrupted |= event.interrupted;
    if (at.isAfter(query.at)) {
      query.at = at;
    }
  }

  /** What a query did since it was counted before. */
  void executed(QueryTotalEvent event, Instant at) {
    if (event.executions > 0) {
      counted.merge(
          new ResultKey(event.connectionId, event.sqlId),
          at,
          (one, other) -> one.isAfter(other) ? one : other);
    }
  }

  private static ProcessMemory memory(ProcessMemoryEvent event, Instant at) {
    return new ProcessMemory(
        null,
        at,
        Sums.known(event.rssAnon),
        Sums.known(event.rssFile),
        Sums.known(event.rssShmem),
        Sums.known(event.pss),
        Sums.known(event.pssAnon),
        Sums.known(event.pssFile),
        Sums.known(event.pssShmem),
        Sums.known(event.arenas),
        Sums.known(event.arenasFree),
        Sums.known(event.arenasResident),
        Sums.known(event.mallocMapped),
        event.cLibrary);
  }

  List<OpenResult> openResults(
      String runId, RunData data, QueryMerge queries, Map<Long, String> connectionIds) {
    List<OpenResult> open = new ArrayList<>();
    results.forEach(
        (key, result) -> {
          ConnectionData connection = data.connections.get(key.connection());
          boolean closed = connection != null && connection.closedAt != null;
          open.add(
              new OpenResult(
                  runId,
                  queries.id(data, key.sql()),
                  connectionIds.get(key.connection()),
                  data.sql.get(key.sql()),
                  closed ? 0 : result.open,
                  result.most,
                  result.longestIdle,
                  result.bytes));
        });
    return open;
  }

  List<RunningQuery> runningQueries(
      String runId,
      RunData data,
      QueryMerge merge,
      Map<Long, String> testIds,
      Map<Long, String> connectionIds) {
    List<RunningQuery> queries = new ArrayList<>();
    running.forEach(
        (key, query) ->
            queries.add(
                new RunningQuery(
                    runId,
                    merge.id(data, key.sql()),
                    connectionIds.get(key.connection()),
                    testIds.get(key.test()),
                    key.thread(),
                    query.longest,
                    query.interrupted,
                    isAtEnd(data, key, query.at))));
    return queries;
  }

  private boolean isAtEnd(RunData data, QueryKey key, Instant seen) {
    if (seen.plus(SHOWN_EACH).isBefore(data.lastEventAt)) {
      return false;
    }
    // A recording that ended in order has counted all, and its black box has forgotten who works.
    return data.isOrderly()
        ? !counted.getOrDefault(new ResultKey(key.connection(), key.sql()), seen).isAfter(seen)
        : !isOver(data, key);
  }

  /** Whether the black box saw the thread after the query: it knows the last second, too. */
  private static boolean isOver(RunData data, QueryKey query) {
    List<BoxThread> threads =
        data.box == null || query.thread() == null
            ? List.of()
            : data.box.threads().stream().filter(thread -> isOf(thread, query.thread())).toList();
    return !threads.isEmpty()
        && threads.stream()
            .noneMatch(
                thread ->
                    thread.sqlId() == query.sql() && thread.connectionId() == query.connection());
  }

  /** The box cuts names. */
  private static boolean isOf(BoxThread thread, String name) {
    return thread.name().equals(name)
        || thread.name().length() > LONGEST_NAME && name.startsWith(thread.name());
  }

  List<ProcessMemory> processMemory(String runId) {
    return memory.stream()
        .sorted(Comparator.comparing(ProcessMemory::at))
        .map(
            m ->
                new ProcessMemory(
                    runId,
                    m.at(),
                    m.rssAnonBytes(),
                    m.rssFileBytes(),
                    m.rssShmemBytes(),
                    m.pssBytes(),
                    m.pssAnonBytes(),
                    m.pssFileBytes(),
                    m.pssShmemBytes(),
                    m.arenaBytes(),
                    m.arenaFreeBytes(),
                    m.arenaResidentBytes(),
                    m.mallocMappedBytes(),
                    m.cLibrary()))
        .toList();
  }
}
