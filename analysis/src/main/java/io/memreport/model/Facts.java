// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.log.KernelLogSpan;
import io.memreport.model.log.LogEvent;
import io.memreport.model.memory.Allocation;
import io.memreport.model.memory.Boundaries;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.shared.SharedFacts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenStatements;
import io.memreport.model.sql.Pool;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.ServiceFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * All that was read, before anything is concluded from it.
 *
 * @param releasedHeap by test id, bytes of its retained Java heap that were gone when its class
 *     ended, or that soft references may hold, which the JVM clears before it runs out of memory
 * @param heapSites what lived of the Java heap when runs ended, the largest of each
 * @param allocations what was taken of the Java heap, the most of each run
 * @param logEvents what logs say, beside the recordings
 * @param kernelLogs which times the kernel's logs among them cover
 */
public record Facts(
    List<Run> runs,
    List<TestResult> tests,
    List<Query> queries,
    List<Connection> connections,
    List<NativeLibrary> nativeLibraries,
    List<QueryUse> uses,
    List<OpenStatements> openStatements,
    Quality quality,
    Timeline timeline,
    Map<String, Long> releasedHeap,
    Map<String, Long> filesLeft,
    List<HeapSite> heapSites,
    List<Allocation> allocations,
    List<LogEvent> logEvents,
    List<KernelLogSpan> kernelLogs,
    List<LiveThread> liveThreads,
    ServiceFacts service,
    List<Pool> pools,
    SharedFacts shared,
    Exhaustions exhaustions,
    Boundaries boundaries,
    Index index) {

  /** Rows by their ids. */
  public record Index(
      Map<String, TestResult> tests,
      Map<String, Query> queries,
      Map<String, Connection> connections) {}

  /** Facts with their index. */
  public static Facts of(
      List<Run> runs,
      List<TestResult> tests,
      List<Query> queries,
      List<Connection> connections,
      List<NativeLibrary> nativeLibraries,
      List<QueryUse> uses,
      List<OpenStatements> openStatements,
      Quality quality,
      Timeline timeline,
      Map<String, Long> releasedHeap) {
    return new Facts(
        runs,
        tests,
        queries,
        connections,
        nativeLibraries,
        uses,
        openStatements,
        quality,
        timeline,
        releasedHeap,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        ServiceFacts.NONE,
        List.of(),
        SharedFacts.NONE,
        Exhaustions.NONE,
        Boundaries.NONE,
        new Index(
            byId(tests, TestResult::id),
            byId(queries, Query::id),
            byId(connections, Connection::id)));
  }

  /** The same with what logs say. */
  public Facts withLogs(List<LogEvent> events, List<KernelLogSpan> spans) {
    return with(events, spans, liveThreads, service, pools, shared);
  }

  /** The same facts with what threads were doing when their run broke off. */
  public Facts withLiveThreads(List<LiveThread> threads) {
    return with(logEvents, kernelLogs, List.copyOf(threads), service, pools, shared);
  }

  /** The same facts with what is known of a service. */
  public Facts withService(ServiceFacts known) {
    return with(logEvents, kernelLogs, liveThreads, known, pools, shared);
  }

  /** The same facts with connection pools. */
  public Facts withPools(List<Pool> read) {
    return with(logEvents, kernelLogs, liveThreads, service, List.copyOf(read), shared);
  }

  /** The same facts with shared memory and child processes. */
  public Facts withShared(SharedFacts known) {
    return with(logEvents, kernelLogs, liveThreads, service, pools, known);
  }

  /** The same facts with how many open files each test left, by its id. */
  public Facts withFilesLeft(Map<String, Long> left) {
    return new Facts(
        runs,
        tests,
        queries,
        connections,
        nativeLibraries,
        uses,
        openStatements,
        quality,
        timeline,
        releasedHeap,
        Map.copyOf(left),
        heapSites,
        allocations,
        logEvents,
        kernelLogs,
        liveThreads,
        service,
        pools,
        shared,
        exhaustions,
        boundaries,
        index);
  }

  /** The same facts with what lived of the Java heap at the end of each run. */
  public Facts withHeapSites(List<HeapSite> sites) {
    return new Facts(
        runs,
        tests,
        queries,
        connections,
        nativeLibraries,
        uses,
        openStatements,
        quality,
        timeline,
        releasedHeap,
        filesLeft,
        List.copyOf(sites),
        allocations,
        logEvents,
        kernelLogs,
        liveThreads,
        service,
        pools,
        shared,
        exhaustions,
        boundaries,
        index);
  }

  /** The same facts with what was allocated. */
  public Facts withAllocations(List<Allocation> taken) {
    return new Facts(
        runs,
        tests,
        queries,
        connections,
        nativeLibraries,
        uses,
        openStatements,
        quality,
        timeline,
        releasedHeap,
        filesLeft,
        heapSites,
        List.copyOf(taken),
        logEvents,
        kernelLogs,
        liveThreads,
        service,
        pools,
        shared,
        exhaustions,
        boundaries,
        index);
  }

  /** The same facts with what JVMs said before they ended. */
  public Facts withExhaustions(Exhaustions said) {
    return new Facts(
        runs,
        tests,
        queries,
        connections,
        nativeLibraries,
        uses,
        openStatements,
        quality,
        timeline,
        releasedHeap,
        filesLeft,
        heapSites,
        allocations,
        logEvents,
        kernelLogs,
        liveThreads,
        service,
        pools,
        shared,
        said,
        boundaries,
        index);
  }

  /** The same facts with what was asked at starts and ends. */
  public Facts withBoundaries(Boundaries known) {
    return new Facts(
        runs,
        tests,
        queries,
        connections,
        nativeLibraries,
        uses,
        openStatements,
        quality,
        timeline,
        releasedHeap,
        filesLeft,
        heapSites,
        allocations,
        logEvents,
        kernelLogs,
        liveThreads,
        service,
        pools,
        shared,
        exhaustions,
        known,
        index);
  }

  private Facts with(
      List<LogEvent> events,
      List<KernelLogSpan> spans,
      List<LiveThread> threads,
      ServiceFacts ofService,
      List<Pool> ofPools,
      SharedFacts ofShared) {
    return new Facts(
        runs,
        tests,
        queries,
        connections,
        nativeLibraries,
        uses,
        openStatements,
        quality,
        timeline,
        releasedHeap,
        filesLeft,
        heapSites,
        allocations,
        events,
        spans,
        threads,
        ofService,
        ofPools,
        ofShared,
        exhaustions,
        boundaries,
        index);
  }

  private static <T> Map<String, T> byId(List<T> rows, Function<T, String> id) {
    Map<String, T> byId = new HashMap<>();
    rows.forEach(row -> byId.put(id.apply(row), row));
    return byId;
  }

  /** The test with this id, or null. */
  public TestResult test(String id) {
    return index.tests().get(id);
  }

  /** The query with this id, or null. */
  public Query query(String id) {
    return index.queries().get(id);
  }

  /** The connection with this id, or null. */
  public Connection connection(String id) {
    return index.connections().get(id);
  }
}
