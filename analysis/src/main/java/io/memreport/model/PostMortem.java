// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import io.memreport.model.log.ExplainedEvent;
import io.memreport.model.memory.Allocation;
import io.memreport.model.memory.Forks;
import io.memreport.model.memory.HeapSite;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.shared.Shared;
import io.memreport.model.sql.Connection;
import io.memreport.model.sql.Pool;
import io.memreport.model.sql.Query;
import io.memreport.model.sql.Retention;
import io.memreport.model.sql.ServiceFacts;
import io.memreport.model.verdict.Check;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Verdict;
import java.util.List;

/**
 * All that a report says: schema {@code memreport/1}.
 *
 * @param processes those that runs started, and what came of them
 * @param heapSites what lived of the Java heap when runs ended, the largest of each
 * @param allocations what was taken of the Java heap, the most of each run
 * @param kills how runs ended that did not end in peace, the one of the verdict first
 * @param forks what several runs held together when the first of them died, or null
 * @param retention why runs that used SQLite did not give memory back
 * @param logEvents what the logs tell, whether about these runs or not
 * @param checks what was looked for, and what came of it
 */
public record PostMortem(
    String schema,
    Verdict verdict,
    List<Run> runs,
    List<TestResult> tests,
    List<Query> queries,
    List<Connection> connections,
    List<Pool> pools,
    Shared shared,
    List<ChildProcess> processes,
    List<NativeLibrary> nativeLibraries,
    List<HeapSite> heapSites,
    List<Allocation> allocations,
    List<Finding> findings,
    Quality quality,
    Timeline timeline,
    List<Kill> kills,
    Forks forks,
    List<ExplainedEvent> logEvents,
    List<LiveThread> liveThreads,
    ServiceFacts service,
    List<Retention> retention,
    List<Check> checks) {
  /** The name of the schema, with its version. */
  public static final String SCHEMA = "memreport/1";

  /** Reports of earlier versions have no samples of the Java heap, of allocation, or no checks. */
  public PostMortem {
    heapSites = heapSites == null ? List.of() : heapSites;
    allocations = allocations == null ? List.of() : allocations;
    checks = checks == null ? List.of() : checks;
  }

  /**
   * The runs that somebody wanted to watch: not the command that only looked on, unless there was
   * nothing else.
   */
  public List<Run> watched() {
    List<Run> watched = runs.stream().filter(run -> !run.isSupervisor()).toList();
    return watched.isEmpty() ? runs : watched;
  }

  /** The same with another timeline. */
  public PostMortem with(Timeline other) {
    return with(tests, other);
  }

  /** The same with other tests. */
  public PostMortem with(List<TestResult> others) {
    return with(others, timeline);
  }

  private PostMortem with(List<TestResult> tests, Timeline timeline) {
    return new PostMortem(
        schema,
        verdict,
        runs,
        tests,
        queries,
        connections,
        pools,
        shared,
        processes,
        nativeLibraries,
        heapSites,
        allocations,
        findings,
        quality,
        timeline,
        kills,
        forks,
        logEvents,
        liveThreads,
        service,
        retention,
        checks);
  }
}
