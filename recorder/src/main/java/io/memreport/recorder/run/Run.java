// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.box.BoxFacts;
import io.memreport.recorder.box.FlightBox;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.memory.Cgroup;
import io.memreport.recorder.memory.MemorySampler;
import io.memreport.recorder.scope.Emission;
import io.memreport.recorder.scope.NativeAccounting;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** One JVM's life under the agent: at most one per JVM, however often the agent is loaded. */
public final class Run {
  private static final AtomicBoolean STARTED = new AtomicBoolean();
  private static final Thread NO_HOOK = new Thread();

  private final Settings settings;
  private final RunFolder folder;
  private final RunFacts facts;
  private final FlightRecording recording;
  private final MemorySampler sampler;

  private Run(Settings settings, RunFolder folder, RunFacts facts) throws IOException {
    this.settings = settings;
    this.folder = folder;
    this.facts = facts;
    if (DiskSpace.isShort(folder.path(), 0)) {
      throw new IOException(DiskSpace.shortage(folder.path()));
    }
    folder.writeFacts(facts.json(null, null, null));
    startBox(settings);
    sampler = new MemorySampler(settings.sampleMillis(), this::watchDisk);
    recording = FlightRecording.start(settings, folder, this::chunkBegan, this::chunkEnds);
    folder.writeFacts(facts.json(recording.repository(), null, null));
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
  public static void start(Settings settings, String agentVersion) throws IOException {
    Instant startedAt = Instant.now();
    long pid = ProcessHandle.current().pid();
    RunFolder folder = RunFolder.create(settings.out(), startedAt, pid);
    Cgroup cgroup = Cgroup.ofThisProcess();
    try {
      new Run(
          settings,
          folder,
          new RunFacts(folder.id(), pid, startedAt, settings, cgroup, agentVersion));
    } catch (IOException | RuntimeException | LinkageError e) {
      folder.discard();
      throw e;
    }
  }

  private void startBox(Settings settings) {
    try {
      FlightBox.start(
          folder.path(),
          new BoxFacts(
              facts.pid(),
              facts.startedAt().toEpochMilli(),
              settings.sampleMillis(),
              facts.cgroup().limit(),
              facts.cgroup().path(),
              CommandLine.withoutSecrets(System.getProperty("sun.java.command"))));
    } catch (IOException | RuntimeException | Error e) {
      System.err.println(
          "memreport: no black box, a kill will cost the last second of the recording: " + e);
    }
  }

  private void watchDisk() {
    recording.endIfDiskIsShort();
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
    if (jvmEnds()) {
      // Here and not in our own shutdown hook: JFR's may have ended the recording before that.
      RunEndEvent event = new RunEndEvent();
      event.reason = RunEndEvent.SHUTDOWN;
      event.signal = EndingSignal.name();
      event.commit();
    }
  }

  /** Hooks can't be removed any more once they run. */
  private static boolean jvmEnds() {
    try {
      Runtime.getRuntime().removeShutdownHook(NO_HOOK);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** Leaves the recording to JFR's own hook, which runs at the same time and dumps it. */
  private void shutDown() {
    try {
      Instant endedAt = Instant.now();
      sampler.stop();
      folder.writeFacts(facts.json(recording.repository(), endedAt, EndingSignal.name()));
    } catch (IOException | RuntimeException e) {
      System.err.println("memreport: the end of the run could not be written: " + e);
    }
  }
}
