// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.log.KernelLogSpan;
import io.memreport.model.log.LogEvent;
import io.memreport.model.log.LogFacts;
import io.memreport.model.memory.Allocation;
import io.memreport.model.memory.Boundaries;
import io.memreport.model.memory.HeapFacts;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.shared.SharedFacts;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.OpenStatements;
import io.memreport.model.sql.Pool;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.QueryUse;
import io.memreport.model.sql.ServiceFacts;
import io.memreport.model.sql.SqlFacts;
import java.util.List;
import java.util.Map;

/** Builds {@link Facts}: what is not given is not known. Lists and maps are copied. */
public final class FactsBuilder {
  private List<Run> runs = List.of();
  private List<TestResult> tests = List.of();
  private Map<String, Long> filesLeft = Map.of();
  private Boundaries boundaries = Boundaries.NONE;
  private List<Query> queries = List.of();
  private List<Connection> connections = List.of();
  private List<QueryUse> uses = List.of();
  private List<OpenStatements> openStatements = List.of();
  private List<Pool> pools = List.of();
  private ServiceFacts service = ServiceFacts.NONE;
  private HeapFacts heap = new HeapFacts(List.of(), List.of(), Map.of());
  private List<NativeLibrary> nativeLibraries = List.of();
  private List<LiveThread> liveThreads = List.of();
  private SharedFacts shared = SharedFacts.NONE;
  private Exhaustions exhaustions = Exhaustions.NONE;
  private LogFacts logs = new LogFacts(List.of(), List.of());
  private Timeline timeline = new Timeline(List.of(), List.of());
  private Quality quality = new Quality(null, 0, List.of());

  FactsBuilder() {}

  FactsBuilder(Facts facts) {
    runs = facts.runs();
    tests = facts.tests();
    filesLeft = facts.filesLeft();
    boundaries = facts.boundaries();
    queries = facts.queries();
    connections = facts.connections();
    uses = facts.uses();
    openStatements = facts.openStatements();
    pools = facts.pools();
    service = facts.service();
    heap = facts.heap();
    nativeLibraries = facts.nativeLibraries();
    liveThreads = facts.liveThreads();
    shared = facts.shared();
    exhaustions = facts.exhaustions();
    logs = facts.logs();
    timeline = facts.timeline();
    quality = facts.quality();
  }

  public Facts build() {
    return new Facts(
        runs,
        SuiteFacts.of(tests, filesLeft, boundaries),
        SqlFacts.of(queries, connections, uses, openStatements, pools, service),
        heap,
        nativeLibraries,
        liveThreads,
        shared,
        exhaustions,
        logs,
        timeline,
        quality);
  }

  public FactsBuilder runs(List<Run> runs) {
    this.runs = List.copyOf(runs);
    return this;
  }

  public FactsBuilder tests(List<TestResult> tests) {
    this.tests = List.copyOf(tests);
    return this;
  }

  public FactsBuilder filesLeft(Map<String, Long> filesLeft) {
    this.filesLeft = Map.copyOf(filesLeft);
    return this;
  }

  public FactsBuilder boundaries(Boundaries boundaries) {
    this.boundaries = boundaries;
    return this;
  }

  public FactsBuilder queries(List<Query> queries) {
    this.queries = List.copyOf(queries);
    return this;
  }

  public FactsBuilder connections(List<Connection> connections) {
    this.connections = List.copyOf(connections);
    return this;
  }

  public FactsBuilder uses(List<QueryUse> uses) {
    this.uses = List.copyOf(uses);
    return this;
  }

  public FactsBuilder openStatements(List<OpenStatements> openStatements) {
    this.openStatements = List.copyOf(openStatements);
    return this;
  }

  public FactsBuilder pools(List<Pool> pools) {
    this.pools = List.copyOf(pools);
    return this;
  }

  public FactsBuilder service(ServiceFacts service) {
    this.service = service;
    return this;
  }

  public FactsBuilder heapSites(List<HeapSite> heapSites) {
    heap = new HeapFacts(List.copyOf(heapSites), heap.allocations(), heap.released());
    return this;
  }

  public FactsBuilder allocations(List<Allocation> allocations) {
    heap = new HeapFacts(heap.sites(), List.copyOf(allocations), heap.released());
    return this;
  }

  public FactsBuilder releasedHeap(Map<String, Long> releasedHeap) {
    heap = new HeapFacts(heap.sites(), heap.allocations(), Map.copyOf(releasedHeap));
    return this;
  }

  public FactsBuilder nativeLibraries(List<NativeLibrary> nativeLibraries) {
    this.nativeLibraries = List.copyOf(nativeLibraries);
    return this;
  }

  public FactsBuilder liveThreads(List<LiveThread> liveThreads) {
    this.liveThreads = List.copyOf(liveThreads);
    return this;
  }

  public FactsBuilder shared(SharedFacts shared) {
    this.shared = shared;
    return this;
  }

  public FactsBuilder exhaustions(Exhaustions exhaustions) {
    this.exhaustions = exhaustions;
    return this;
  }

  public FactsBuilder logs(List<LogEvent> events, List<KernelLogSpan> kernelLogs) {
    logs = new LogFacts(List.copyOf(events), List.copyOf(kernelLogs));
    return this;
  }

  public FactsBuilder timeline(Timeline timeline) {
    this.timeline = timeline;
    return this;
  }

  public FactsBuilder quality(Quality quality) {
    this.quality = quality;
    return this;
  }
}
