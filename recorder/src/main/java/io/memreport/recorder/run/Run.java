// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.memory.Cgroup;
import io.memreport.recorder.memory.MemorySampler;
import io.memreport.recorder.scope.Emission;
import io.memreport.recorder.scope.NativeAccounting;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** One JVM's life under the agent: at most one per JVM, however often the agent is loaded. */
public final class Run {
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private final Settings settings;
  private final RunFolder folder;
  private final RunFacts facts;
  private final Path repository;
  private final MemorySampler sampler;

  private Run(Settings settings, String agentVersion) throws IOException, ParseException {
    this.settings = settings;
    Instant startedAt = Instant.now();
    long pid = ProcessHandle.current().pid();
    folder = RunFolder.create(settings.out(), startedAt, pid);
    facts =
        new RunFacts(folder.id(), pid, startedAt, settings, Cgroup.ofThisProcess(), agentVersion);
    folder.writeFacts(facts.json(null, null));
    sampler = new MemorySampler(settings.sampleMillis());
    repository = FlightRecording.start(settings, folder, this::chunkBegan, this::chunkEnds);
    folder.writeFacts(facts.json(repository, null));
    sampler.start();
    settings.watch().start();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(null, this::shutDown, "memreport-end", 0, false));
  }

  /** True for the first caller only: two agents in one JVM would count everything twice. */
  public static boolean claim() {
    return STARTED.compareAndSet(false, true);
  }

  /** Begins to record. */
  public static void start(Settings settings, String agentVersion)
      throws IOException, ParseException {
    new Run(settings, agentVersion);
  }

  private void chunkBegan() {
    Emission.chunkBegan();
    RunEvent event = new RunEvent();
    event.runId = facts.runId();
    event.pid = facts.pid();
    event.startedAtMillis = facts.startedAt().toEpochMilli();
    event.agentVersion = facts.agentVersion();
    event.options = settings.rendered();
    event.nativeUnavailable = NativeAccounting.unavailable();
    event.commit();
  }

  private void chunkEnds() {
    Emission.flush();
    sampler.writeLast();
  }

  /** Leaves the recording to JFR's own hook, which runs at the same time and dumps it. */
  private void shutDown() {
    try {
      RunEndEvent event = new RunEndEvent();
      event.reason = "shutdown";
      event.commit();
      Instant endedAt = Instant.now();
      sampler.stop();
      folder.writeFacts(facts.json(repository, endedAt));
    } catch (IOException | RuntimeException e) {
      System.err.println("memreport: the end of the run could not be written: " + e);
    }
  }
}
