// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.Sums;
import io.memreport.input.memory.MemoryLedger;
import io.memreport.input.memory.TestThreads;
import io.memreport.input.process.Roles;
import io.memreport.input.process.SupervisedProcesses;
import io.memreport.input.run.RunFile;
import io.memreport.model.Ending;
import io.memreport.model.Exhaustion;
import io.memreport.model.Exhaustions;
import io.memreport.model.Facts;
import io.memreport.model.LiveThread;
import io.memreport.model.Quality;
import io.memreport.model.Role;
import io.memreport.model.Run;
import io.memreport.model.RunContext;
import io.memreport.model.TestResult;
import io.memreport.model.TestSpan;
import io.memreport.model.Timeline;
import io.memreport.model.memory.Allocation;
import io.memreport.model.memory.Boundaries;
import io.memreport.model.memory.Boundary;
import io.memreport.model.memory.CgroupSample;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.memory.LastCollection;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.memory.PressureSample;
import io.memreport.model.memory.ProcessMemory;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.shared.SeenSegment;
import io.memreport.model.shared.SharedFacts;
import io.memreport.model.shared.SharedFailure;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenResult;
import io.memreport.model.sql.OpenStatements;
import io.memreport.model.sql.Pool;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.RunningQuery;
import io.memreport.model.sql.ServiceFacts;
import io.memreport.recorder.event.BoundaryEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Joins what runs said into one set of facts, with ids that are the same for the same code. */
final class Assembly {
  private static final int MOST_ALLOCATIONS = 400;

  /** Figures of one moment, one of which is dear and so written a little later. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  private final List<Run> runs = new ArrayList<>();
  private final List<TestResult> tests = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final List<NativeLibrary> libraries = new ArrayList<>();
  private final List<QueryUse> uses = new ArrayList<>();
  private final List<OpenStatements> open = new ArrayList<>();
  private final List<MemorySample> samples = new ArrayList<>();
  private final List<LiveThread> liveThreads = new ArrayList<>();
  private final List<TestSpan> spans = new ArrayList<>();
  private final List<CgroupSample> cgroups = new ArrayList<>();
  private final List<PressureSample> pressure = new ArrayList<>();
  private final List<OpenResult> openResults = new ArrayList<>();
  private final List<RunningQuery> runningQueries = new ArrayList<>();
  private final List<ProcessMemory> processMemory = new ArrayList<>();
  private final List<Pool> pools = new ArrayList<>();
  private final List<ChildProcess> processes = new ArrayList<>();
  private final List<ChildProcess> supervised = new ArrayList<>();
  private final List<SeenSegment> segments = new ArrayList<>();
  private final List<SharedLimits> limits = new ArrayList<>();
  private final List<SharedFailure> failures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Long> releasedHeap = new HashMap<>();
  private final Map<String, Long> filesLeft = new HashMap<>();
  private final List<Boundary> boundaries = new ArrayList<>();
  private final Map<String, LastCollection> lastCollections = new HashMap<>();
  private final List<Exhaustion> errors = new ArrayList<>();
  private final Map<String, Integer> exits = new HashMap<>();
  private final Set<String> shutDown = new HashSet<>();
  private final List<HeapSite> heapSites = new ArrayList<>();
  private final List<HeapSite> heapWhenExhausted = new ArrayList<>();
  private final List<Allocation> allocations = new ArrayList<>();
  private final QueryMerge queries = new QueryMerge();
  private final StableIds ids = new StableIds();
  private long losses;
  private Double lostSeconds;

  static Facts of(List<RunData> runs) {
    Assembly assembly = new Assembly();
    runs.forEach(assembly::add);
    return assembly.facts();
  }

  private Facts facts() {
    processes.addAll(SupervisedProcesses.of(supervised, processes, runs));
    tests.sort(Comparator.comparing(TestResult::startedAt));
    spans.sort(TestSpan.BY_TIME);
    return Facts.builder()
        .runs(runs)
        .tests(tests)
        .queries(queries.all())
        .connections(connections)
        .nativeLibraries(libraries)
        .uses(uses)
        .openStatements(open)
        .quality(new Quality(lostSeconds, losses, notes))
        .timeline(new Timeline(samples, spans, cgroups, pressure))
        .releasedHeap(releasedHeap)
        .filesLeft(filesLeft)
        .boundaries(boundaries())
        .exhaustions(
            new Exhaustions(
                List.copyOf(errors),
                Map.copyOf(exits),
                Set.copyOf(shutDown),
                List.copyOf(heapWhenExhausted)))
        .heapSites(heapSites)
        .allocations(mostAllocated())
        .liveThreads(liveThreads)
        .service(new ServiceFacts(openResults, runningQueries, processMemory))
        .pools(pools)
        .shared(new SharedFacts(processes, SegmentMerge.of(segments), limits, failures))
        .build();
  }

  private Boundaries boundaries() {
    boundaries.sort(Comparator.comparing(Boundary::at));
    return new Boundaries(List.copyOf(boundaries), Map.copyOf(lastCollections));
  }

  /** Both or none: a test whose end is not known has no growth. */
  private void boundaries(TestData test, String id, String runId) {
    Instant end = test.endedBy();
    if (test.atStart != null && test.atEnd != null && end != null) {
      boundaries.add(boundary(test.atStart, id, runId, test.startedAt));
      boundaries.add(boundary(test.atEnd, id, runId, end));
    }
  }

  private static Boundary boundary(BoundaryEvent event, String id, String runId, Instant at) {
    return new Boundary(
        runId,
        id,
        at,
        Sums.known(event.directBuffers),
        Sums.known(event.metaspace),
        Sums.known(event.liveThreads),
        Sums.known(event.tmpfsFiles),
        Sums.known(event.resident),
        Sums.known(event.residentShared),
        Sums.known(event.openFiles),
        Sums.known(event.written));
  }

  private void add(RunData data) {
    String runId = data.input.id();
    List<MemorySample> timeline = data.timeline(runId);
    runs.add(run(data, timeline));
    samples.addAll(timeline);
    cgroups.addAll(data.surroundings.cgroups(runId));
    pressure.addAll(data.surroundings.pressure(runId));
    ConnectionData common = data.connections.remove(ConnectionSettingEvent.COMMON);
    Map<Long, String> testIds = new HashMap<>();
    Map<Long, String> connectionIds = new HashMap<>();
    for (TestData test : data.tests.values()) {
      testIds.put(test.id, ids.of("t", test.uniqueId == null ? "test " + test.id : test.uniqueId));
    }
    for (ConnectionData connection : data.connections.values()) {
      connectionIds.put(connection.id, ids.of("c", "connection to " + connection.url));
    }
    OldObjectOwners.assign(data);
    data.shared.assignFiles(data.tests.values(), data.pid);
    ReleasedHeap.of(data).forEach((test, bytes) -> releasedHeap.put(testIds.get(test), bytes));
    data.tests.values().stream()
        .filter(TestData::isSoft)
        .forEach(test -> releasedHeap.put(testIds.get(test.id), test.heapRetained));
    Long heldSoftly = data.afterTests.heldSoftly();
    if (heldSoftly != null) {
      // Whose it is can't be told: no test is accused of what it may explain.
      data.tests.values().stream()
          .filter(test -> test.heapRetained == null)
          .forEach(test -> releasedHeap.put(testIds.get(test.id), heldSoftly));
    }
    TestRows rows = new TestRows(data, testIds, queries);
    for (TestData test : data.tests.values()) {
      if (test.startedAt != null) {
        tests.add(rows.row(test));
        if (test.filesLeft != null) {
          filesLeft.put(testIds.get(test.id), test.filesLeft);
        }
        spans.add(span(test, testIds.get(test.id), runId, data));
        boundaries(test, testIds.get(test.id), runId);
      }
    }
    if (data.shutDown) {
      shutDown.add(runId);
    }
    LastCollection last = data.afterTests.last(testIds);
    if (last != null) {
      lastCollections.put(runId, last);
    }
    heapSites.addAll(data.heap.sites(runId, testIds));
    heapWhenExhausted.addAll(data.heap.sitesWhenExhausted(runId, testIds));
    allocations.addAll(allocations(data, testIds));
    liveThreads.addAll(LiveThreads.of(data, testIds));
    for (Usage usage : data.usages.values()) {
      String query = queries.add(data, usage, testIds, connectionIds);
      uses.add(
          new QueryUse(
              testIds.get(usage.test),
              query,
              connectionIds.get(usage.connection),
              usage.nativePeak,
              usage.nativeNet,
              usage.executions,
              usage.maxNanos,
              usage.cancelled,
              usage.work(data.sites.get(usage.sql))));
    }
    Stream.of(data.openStatements, data.earlierStatements)
        .flatMap(said -> said.entrySet().stream())
        .filter(said -> said.getValue().open() > 0 && !isClosed(data, said.getKey()))
        .forEach(
            said ->
                open.add(
                    new OpenStatements(
                        testIds.get(said.getKey().test()),
                        queries.id(data, said.getKey().sql()),
                        connectionIds.get(said.getKey().connection()),
                        said.getValue().open(),
                        said.getValue().held())));
    for (ConnectionData connection : data.connections.values()) {
      connections.add(connection(connection, common, connectionIds, testIds, runId));
    }
    openResults.addAll(data.service.openResults(runId, data, queries, connectionIds));
    runningQueries.addAll(
        data.service.runningQueries(runId, data, queries, testIds, connectionIds));
    processMemory.addAll(data.service.processMemory(runId));
    pools.addAll(data.pools.pools(runId, ids, connectionIds));
    (data.isSupervisor() ? supervised : processes).addAll(data.shared.processes(data, testIds));
    segments.addAll(data.shared.segments(runId, testIds));
    failures.addAll(data.shared.failures(data, testIds, queries));
    if (data.shared.limits() != null) {
      limits.add(data.shared.limits());
    }
    for (RunData.Latest<NativeLibrary> latest : data.libraries.values()) {
      NativeLibrary l = latest.value();
      libraries.add(
          new NativeLibrary(
              runId,
              l.name(),
              l.sqlite(),
              l.unavailable(),
              l.heldBytes(),
              l.peakBytes(),
              l.allocatedBytes()));
    }
    errors.addAll(data.errors.errors(runId));
    if (data.errors.exitStatus() != null) {
      exits.put(runId, data.errors.exitStatus());
    }
    notes(data, runId);
  }

  /** Of many runs no more than a page can show. */
  private List<Allocation> mostAllocated() {
    return allocations.stream()
        .sorted(Comparator.comparingLong(Allocation::bytes).reversed())
        .limit(MOST_ALLOCATIONS)
        .toList();
  }

  private static List<Allocation> allocations(RunData data, Map<Long, String> testIds) {
    List<TestThreads.Ran> ran =
        data.tests.values().stream()
            .map(
                test ->
                    new TestThreads.Ran(
                        test.id, test.parent, test.thread, test.startedAt, test.endedBy()))
            .toList();
    return data.allocations.of(
        data.input.id(), new TestThreads(ran), test -> data.test(test).heapAllocated, testIds);
  }

  private static boolean isClosed(RunData data, RunData.UsageKey key) {
    ConnectionData connection = data.connections.get(key.connection());
    return connection != null && connection.closedAt != null;
  }

  private void notes(RunData data, String runId) {
    losses += data.dataLosses;
    notes.addAll(data.notes);
    notes.addAll(data.gaps.notes(runId, ending(data) == Ending.KILLED ? lastSign(data) : null));
    if (data.nativeUnavailable != null && !data.isSupervisor()) {
      notes.add("Native SQLite heap is unknown in " + runId + ": " + data.nativeUnavailable);
    }
    data.tests.values().stream()
        .map(test -> test.unknownBecause)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(notes::add);
    data.tests.values().stream()
        .filter(TestData::isSoft)
        .map(
            test ->
                "What "
                    + test.displayName
                    + " left of Java heap is held by soft references, which the JVM clears before it"
                    + " runs out of memory")
        .forEach(notes::add);
    if (data.input.facts().torn()) {
      notes.add("run.json of " + runId + " is damaged; the recording itself says the rest");
    }
    if (data.dataLosses > 0) {
      notes.add(
          "JFR lost "
              + data.dataLossBytes
              + " bytes of events in "
              + runId
              + ": its buffers were full");
    }
    if (data.allocations.isFull()) {
      notes.add(runId + " allocated for too long for its allocation to be told by test and line");
    }
    if (data.input.recordings().isEmpty()) {
      notes.add(runId + " left no recording: it ended before the first flush, about a second");
    } else if (data.pid == null) {
      notes.add(
          runId + " was not recorded by memreport's agent: only what JFR itself says is known");
    }
  }

  private Run run(RunData data, List<MemorySample> timeline) {
    RunFile file = data.input.facts();
    Ending ending = ending(data);
    Instant endedAt = file.endedAt() != null ? file.endedAt() : lastSign(data);
    Long limit = timeline.isEmpty() ? null : last(timeline).limitBytes();
    return new Run(
        data.input.id(),
        file.pid() != null ? file.pid() : data.pid,
        file.startedAt() != null ? file.startedAt() : data.startedAt,
        ending == Ending.RUNNING ? null : endedAt,
        data.isSupervisor()
            ? Role.SUPERVISOR
            : Roles.of(ranTests(data), !data.usages.isEmpty(), file.context().command()),
        ending,
        limit != null ? limit : file.limitBytes(),
        MemoryLedger.atEnd(data.lastSample, heldByConnections(data), keptByMalloc(data)),
        context(data));
  }

  /** The last that is known of a run: an event, or a sample. */
  private static Instant lastSign(RunData data) {
    Instant sample = data.samples.lastAt();
    return data.lastEventAt == null || sample != null && sample.isAfter(data.lastEventAt)
        ? sample
        : data.lastEventAt;
  }

  /** What SQLite says that open connections hold, if some are older than the recording; else 0. */
  private static long heldByConnections(RunData data) {
    boolean earlier = data.connections.values().stream().anyMatch(ConnectionData::isEarlier);
    return !earlier
        ? 0
        : data.connections.values().stream()
            .filter(connection -> connection.closedAt == null)
            .map(connection -> connection.heap().heldBytes())
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sum();
  }

  /** What malloc kept when the last sample was taken; null if it was not asked then. */
  private static Long keptByMalloc(RunData data) {
    return data.lastSample == null
        ? null
        : data.service.processMemory(data.input.id()).stream()
            .filter(
                memory ->
                    Duration.between(memory.at(), data.lastSample.at()).abs().compareTo(AT_ONCE)
                        <= 0)
            .map(ProcessMemory::keptByMallocBytes)
            .filter(Objects::nonNull)
            .reduce((earlier, later) -> later)
            .orElse(null);
  }

  private static RunContext context(RunData data) {
    RunContext file = data.input.facts().context();
    return new RunContext(
        file.command(),
        file.jvm(),
        file.cgroupPath(),
        file.cgroupVersion(),
        file.machineBytes(),
        file.bootedAt(),
        file.signal() == null ? data.signal : file.signal(),
        file.pidsInNamespaces(),
        // Its cgroup is the command's, which a supervisor need not be in.
        data.isSupervisor() ? null : data.jvmLimits == null ? file.limits() : data.jvmLimits,
        data.surroundings.oomd());
  }

  private static Ending ending(RunData data) {
    if (data.isOrderly()) {
      return Ending.CLEAN;
    }
    if (data.endedEarly) {
      return Ending.UNKNOWN;
    }
    if (data.input.facts().isAlive()) {
      return Ending.RUNNING;
    }
    if (data.unfinished || !data.input.orderly()) {
      return Ending.KILLED;
    }
    return data.damaged ? Ending.UNKNOWN : Ending.CLEAN;
  }

  private static MemorySample last(List<MemorySample> timeline) {
    return timeline.get(timeline.size() - 1);
  }

  private static TestSpan span(TestData test, String id, String runId, RunData data) {
    Instant end = test.endedBy();
    return new TestSpan(id, runId, test.startedAt, end == null ? data.lastEventAt : end);
  }

  private static Connection connection(
      ConnectionData data,
      ConnectionData common,
      Map<Long, String> ids,
      Map<Long, String> testIds,
      String runId) {
    return new Connection(
        ids.get(data.id),
        runId,
        data.url,
        testIds.get(data.test),
        data.openedAt,
        data.closedAt,
        data.settings(common),
        data.heap(),
        data.openStatements,
        data.status());
  }

  /** A service's own units of work make it no test run. */
  private static boolean ranTests(RunData data) {
    return data.tests.values().stream().anyMatch(test -> !"span".equals(test.kind));
  }
}
