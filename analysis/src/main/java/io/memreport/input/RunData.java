// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxSample;
import io.memreport.input.box.FlightBox;
import io.memreport.input.jfr.OldObject;
import io.memreport.input.memory.AfterTests;
import io.memreport.input.memory.AllocationRows;
import io.memreport.input.memory.ClassRows;
import io.memreport.input.memory.HeapRows;
import io.memreport.input.memory.SampleGaps;
import io.memreport.input.memory.SampleSeries;
import io.memreport.input.memory.Surroundings;
import io.memreport.input.run.RunInput;
import io.memreport.model.JvmLimits;
import io.memreport.model.memory.MemorySample;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.recorder.event.RunEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the events of one run said, added up: as large as its tests and queries are many. */
final class RunData {
  final RunInput input;
  final Map<Long, TestData> tests = new TreeMap<>();
  final Map<Long, String> sql = new LinkedHashMap<>();
  final Map<Long, String> sites = new LinkedHashMap<>();
  final Map<UsageKey, Usage> usages = new LinkedHashMap<>();
  final Map<Long, ConnectionData> connections = new TreeMap<>();
  final Map<UsageKey, OpenStatements> openStatements = new LinkedHashMap<>();

  /** Those that were open before the agent came. */
  final Map<UsageKey, OpenStatements> earlierStatements = new LinkedHashMap<>();

  final Map<String, Latest<NativeLibrary>> libraries = new LinkedHashMap<>();
  final SampleSeries samples = new SampleSeries();
  final SampleGaps gaps = new SampleGaps();
  final Surroundings surroundings = new Surroundings();
  final PoolEvents pools = new PoolEvents();
  final ServiceEvents service = new ServiceEvents();
  final SharedEvents shared = new SharedEvents();
  final ErrorEvents errors = new ErrorEvents();
  final HeapRows heap = new HeapRows();
  final AllocationRows allocations = new AllocationRows();

  final AfterTests afterTests = new AfterTests();

  final ClassRows classes = new ClassRows();
  final List<OldObject> oldObjects = new ArrayList<>();
  final List<String> notes = new ArrayList<>();

  /** A line for each file that could not be read, or only in part. */
  final List<String> problems = new ArrayList<>();

  BoxSample lastSample;

  /** Null if there is none, or none that can be read. */
  FlightBox box;

  /** The last sample of the black box, if it came after the recording's. */
  boolean shutDown;

  boolean ended;

  boolean endedEarly;
  boolean unfinished;
  boolean damaged;
  String nativeUnavailable;

  /** SQLite's calls of malloc were counted up to some moment only. */
  boolean sqliteTakenOver;

  String signal;
  String role;
  JvmLimits jvmLimits;
  Long pid;
  Instant startedAt;
  Instant lastEventAt;
  long dataLossBytes;
  long dataLosses;
  long incomplete;

  RunData(RunInput input) {
    this.input = input;
  }

  /** Where figures of queries are added up. */
  record UsageKey(long test, long sql, long connection) {}

  /** How many statements were open, and what they held, when that was last said. */
  record OpenStatements(Instant at, long open, Long held) {}

  /** A gauge with the time of its reading. */
  record Latest<T>(Instant at, T value) {}

  /** Whether the recording is complete: it was ended, and not broken off. */
  boolean isOrderly() {
    return ended || input.facts().clean();
  }

  /** Whether it only recorded what ran below it. */
  boolean isSupervisor() {
    return RunEvent.SUPERVISOR.equals(role) || input.facts().isSupervisor();
  }

  void sample(BoxSample sample, Long mappedElsewhere) {
    samples.add(sample, mappedElsewhere);
    gaps.add(sample.at());
    if (lastSample == null || !sample.at().isBefore(lastSample.at())) {
      lastSample = sample;
    }
  }

  TestData test(long id) {
    return tests.computeIfAbsent(id, TestData::new);
  }

  ConnectionData connection(long id) {
    return connections.computeIfAbsent(id, ConnectionData::new);
  }

  Usage usage(UsageKey key) {
    return usages.computeIfAbsent(
        key, missing -> new Usage(key.test(), key.sql(), key.connection()));
  }

  List<MemorySample> timeline(String runId) {
    return samples.thinned(runId);
  }

  /**
   * Forgets SQLite's memory by query and connection if it was counted up to some moment only: what
   * was given back after it would look as if it were still held.
   */
  void forgetHalfCounted() {
    if (sqliteTakenOver) {
      usages.values().forEach(Usage::forgetNative);
      connections.values().forEach(connection -> connection.held = null);
      Stream.of(openStatements, earlierStatements)
          .forEach(
              said ->
                  said.replaceAll((key, last) -> new OpenStatements(last.at(), last.open(), null)));
    }
  }
}
