// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.heapdump;

import io.memreport.diagnosis.words.Names;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.heapdump.ClassBytes;
import io.memreport.model.heapdump.HeapDump;
import io.memreport.model.heapdump.HeapSource;
import io.memreport.model.heapdump.HeapSuspect;
import io.memreport.model.memory.HeapSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The run whose heap a dump shows: by the process in the file's name, and by the moment. */
final class DumpedRun {
  /** Names as the JVM gives them. */
  private static final Pattern PID = Pattern.compile("java_pid(\\d+)\\.hprof(?:\\.\\d+|\\.gz)?$");

  /** The JVM writes the moment first and its end may be told a little early. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final int SOURCES = 3;

  private final HeapDump dump;
  private final PostMortem postMortem;
  private final Run run;

  private DumpedRun(HeapDump dump, PostMortem postMortem, Run run) {
    this.dump = dump;
    this.postMortem = postMortem;
    this.run = run;
  }

  /** Null if it is of none of these runs, or of more than one. */
  static DumpedRun of(HeapDump dump, PostMortem postMortem) {
    Matcher named = PID.matcher(dump.file());
    String pid = named.find() ? named.group(1) : null;
    List<Run> runs =
        postMortem.runs().stream()
            .filter(run -> !run.isSupervisor())
            .filter(run -> pid == null || run.pid() == null || pid.equals(run.pid().toString()))
            .filter(run -> wasAlive(run, dump))
            .toList();
    return runs.size() == 1 ? new DumpedRun(dump, postMortem, runs.get(0)) : null;
  }

  private static boolean wasAlive(Run run, HeapDump dump) {
    return dump.takenAt() != null
        && run.startedAt() != null
        && !dump.takenAt().isBefore(run.startedAt().minus(SLACK))
        && (run.endedAt() == null || !dump.takenAt().isAfter(run.endedAt().plus(SLACK)));
  }

  boolean hasSamples() {
    return postMortem.heapSites().stream().anyMatch(site -> run.id().equals(site.runId()));
  }

  /**
   * Where a suspect's objects come from. Objects of one class look alike: those of a line are
   * proven to be among the suspect's only as far as they are more than the class has elsewhere.
   */
  List<HeapSource> sources(HeapSuspect suspect) {
    return suspect.holds().stream()
        .flatMap(held -> sites(held.className()).values().stream().map(sites -> of(held, sites)))
        .filter(source -> source.atLeastBytes() > 0)
        .sorted(Comparator.comparingLong(HeapSource::atLeastBytes).reversed())
        .limit(SOURCES)
        .toList();
  }

  /** By line; where none is known, by test. */
  private Map<String, List<HeapSite>> sites(String className) {
    Map<String, List<HeapSite>> sites = new LinkedHashMap<>();
    for (HeapSite site : postMortem.heapSites()) {
      String key = site.line() == null ? site.testId() : site.line();
      if (run.id().equals(site.runId()) && className.equals(site.className()) && key != null) {
        sites.computeIfAbsent(key, missing -> new ArrayList<>()).add(site);
      }
    }
    return sites;
  }

  private HeapSource of(ClassBytes held, List<HeapSite> sites) {
    Map<String, List<HeapSite>> tests = new LinkedHashMap<>();
    for (HeapSite site : sites) {
      if (site.testId() != null) {
        tests.computeIfAbsent(site.testId(), missing -> new ArrayList<>()).add(site);
      }
    }
    return new HeapSource(
        sites.get(0).line(),
        tests.entrySet().stream()
            .filter(test -> atLeast(held, test.getValue()) > 0)
            .map(test -> test(test.getKey()))
            .filter(Objects::nonNull)
            .distinct()
            .toList(),
        tests.size(),
        held.className(),
        sites.stream().mapToLong(HeapSite::bytes).sum(),
        HeapSite.error(sites),
        Math.min(held.bytes(), atLeast(held, sites)));
  }

  /** What of these is among those that are held, if nothing else of the class is. */
  private long atLeast(ClassBytes held, List<HeapSite> sites) {
    long bytes = sites.stream().mapToLong(HeapSite::bytes).sum();
    return bytes - HeapSite.error(sites) - (inDump(held) - held.bytes());
  }

  private long inDump(ClassBytes held) {
    return dump.classes().stream()
        .filter(row -> row.className().equals(held.className()))
        .mapToLong(ClassBytes::bytes)
        .findFirst()
        .orElse(held.bytes());
  }

  private String test(String id) {
    return postMortem.tests().stream()
        .filter(test -> Objects.equals(test.id(), id))
        .findFirst()
        .map((TestResult test) -> Names.test(test))
        .orElse(null);
  }
}
