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
import org.jspecify.annotations.Nullable;

/**
 * All that was read, before anything is concluded from it.
 *
 * @param nativeLibraries what libraries held of malloc
 * @param liveThreads what threads were doing when their run broke off
 * @param exhaustions what JVMs said before they ended
 * @param logs what logs say, beside the recordings
 */
public record Facts(
    List<Run> runs,
    SuiteFacts suite,
    SqlFacts sql,
    HeapFacts heap,
    List<NativeLibrary> nativeLibraries,
    List<LiveThread> liveThreads,
    SharedFacts shared,
    Exhaustions exhaustions,
    LogFacts logs,
    Timeline timeline,
    Quality quality) {

  public static FactsBuilder builder() {
    return new FactsBuilder();
  }

  /** These facts, to replace some. */
  public FactsBuilder toBuilder() {
    return new FactsBuilder(this);
  }

  public List<TestResult> tests() {
    return suite.tests();
  }

  public @Nullable TestResult test(@Nullable String id) {
    return suite.test(id);
  }

  public Map<String, Long> filesLeft() {
    return suite.filesLeft();
  }

  public Boundaries boundaries() {
    return suite.boundaries();
  }

  public List<Query> queries() {
    return sql.queries();
  }

  public @Nullable Query query(@Nullable String id) {
    return sql.query(id);
  }

  public List<Connection> connections() {
    return sql.connections();
  }

  public @Nullable Connection connection(@Nullable String id) {
    return sql.connection(id);
  }

  public List<QueryUse> uses() {
    return sql.uses();
  }

  public List<OpenStatements> openStatements() {
    return sql.openStatements();
  }

  public List<Pool> pools() {
    return sql.pools();
  }

  public ServiceFacts service() {
    return sql.service();
  }

  public List<HeapSite> heapSites() {
    return heap.sites();
  }

  public List<Allocation> allocations() {
    return heap.allocations();
  }

  public Map<String, Long> releasedHeap() {
    return heap.released();
  }

  public List<LogEvent> logEvents() {
    return logs.events();
  }

  public List<KernelLogSpan> kernelLogs() {
    return logs.kernelLogs();
  }
}
