// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.BoxFacts;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.failure.Failure;
import io.memreport.recorder.heap.LastCollection;
import io.memreport.recorder.memory.ExhaustionWatch;
import io.memreport.recorder.memory.MemorySampler;
import io.memreport.recorder.process.Children;
import io.memreport.recorder.scope.Emission;
import io.memreport.recorder.scope.NativeAccounting;
import io.memreport.recorder.scope.Tests;
import io.memreport.recorder.text.Watch;
import java.io.IOException;
import java.time.Instant;

/** One JVM's life under the agent: at most one per JVM, however often the agent is loaded. */
public final class Run {
  /** The system property that says where the current run records. */
  public static final String FOLDER_PROPERTY = "memreport.run";

  private static final Thread NO_HOOK = new Thread();

  private static final long END_MILLIS = 3000;

  /** A collection takes less, unless the heap is huge. */
  private static final long SETTLE_MILLIS = 2000;

  private static Run current;

  private final Settings settings;
  private final RunFolder folder;
  private final RunFacts facts;
  private final FlightRecording recording;
  private final MemorySampler sampler;
  private final DiskGuard disk;
  private final Thread shutDown = new Thread(null, this::shutDown, "memreport-end", 0, false);

  private Run(Settings settings, RunFolder folder, RunFacts facts, DiskGuard disk)
      throws IOException {
    this.settings = settings;
    this.folder = folder;
    this.facts = facts;
    this.disk = disk;
    folder.writeFacts(facts.json(null, null, null));
    startBox(settings);
    sampler = new MemorySampler(settings.sampleMillis(), facts.subject().cgroup());
    recording = FlightRecording.start(settings, folder, disk, this::chunkBegan, this::chunkEnds);
    folder.writeFacts(facts.json(recording.repository(), null, null));
    sampler.start();
    Emission.start(settings.watch());
    Runtime.getRuntime().addShutdownHook(shutDown);
    System.setProperty(FOLDER_PROPERTY, folder.path().toString());
  }

  /** Whether a run goes on: a second one in the same JVM would count everything twice. */
  public static synchronized boolean isRunning() {
    return current != null;
  }

  /** Begins to record. */
  public static synchronized void start(Settings settings, Subject subject, String agentVersion)
      throws IOException {
    // What was still woven when the run before ended has called since.
    Emission.forget();
    Children.forget();
    Instant startedAt = Instant.now();
    long pid = ProcessHandle.current().pid();
    RunFolder folder = RunFolder.create(settings.out(), startedAt, pid);
    DiskGuard disk = null;
    try {
      disk = new DiskGuard(folder.path());
      current =
          new Run(
              settings,
              folder,
              new RunFacts(folder.id(), pid, startedAt, settings, subject, agentVersion),
              disk);
    } catch (IOException | RuntimeException | LinkageError e) {
      if (disk != null) {
        disk.stop();
      }
      folder.discard();
      throw e;
    }
  }

  /**
   * Changes what is measured while the run goes on, and says so in the recording.
   *
   * @return what was measured before
   */
  public static Watch reconfigure(Watch watch, String rendered) {
    Watch before = Watch.current();
    watch.start();
    NoteEvent note = new NoteEvent();
    note.text = "From here on it is recorded with other options: " + rendered;
    note.commit();
    return before;
  }

  /**
   * Ends the run that goes on while the JVM does, if there is one. What is woven still calls, and
   * must be taken out after this: until then it keeps connections from being closed while they are
   * read.
   */
  public static synchronized void stop() throws IOException, InterruptedException {
    Run ending = current;
    if (ending == null) {
      return;
    }
    current = null;
    ending.disk.stop();
    ending.sampler.stop();
    ending.sampler.join();
    Emission.stop();
    try {
      ending.recording.stop();
    } finally {
      BlackBox.stop();
      ExhaustionWatch.stop();
      Emission.forget();
      System.clearProperty(FOLDER_PROPERTY);
      Runtime.getRuntime().removeShutdownHook(ending.shutDown);
    }
    ending.folder.writeFacts(ending.facts.json(null, Instant.now(), null));
  }

  private void startBox(Settings settings) {
    try {
      BlackBox.start(
          folder.path(),
          new BoxFacts(
              facts.pid(),
              facts.startedAt().toEpochMilli(),
              settings.sampleMillis(),
              facts.subject().cgroup().limit(),
              facts.subject().cgroup().path(),
              facts.subject().command()));
    } catch (IOException | RuntimeException | Error e) {
      System.err.println(
          "memreport: no black box, a kill will cost the last second of the recording: " + e);
    }
  }

  private void chunkBegan() {
    disk.chunkBegan();
    Emission.chunkBegan();
    RunEvent event = new RunEvent();
    event.runId = facts.runId();
    event.pid = facts.pid();
    event.startedAtMillis = facts.startedAt().toEpochMilli();
    event.agentVersion = facts.agentVersion();
    event.options = settings.rendered();
    event.nativeUnavailable = NativeAccounting.unavailable();
    event.role = facts.subject().role();
    event.commit();
  }

  private void chunkEnds() {
    try {
      if (jvmEnds()) {
        settleTests();
        LastCollection.decide();
      }
      Emission.flush();
      sampler.writeLast();
    } finally {
      if (jvmEnds()) {
        // Here and not in our own shutdown hook: JFR's may have ended the recording before that.
        RunEndEvent event = new RunEndEvent();
        event.reason = RunEndEvent.SHUTDOWN;
        event.signal = EndingSignal.name();
        event.commit();
      }
    }
  }

  /**
   * Tests that wait for a full collection get theirs. JFR waits for us here, and so we wait for
   * nothing that a test's thread may hold: not for long, and on a thread of our own.
   */
  private static void settleTests() {
    if (!Tests.haveBegun() || !Watch.current().fullCollections()) {
      return;
    }
    Thread settling = new Thread(null, Tests::settle, "memreport-settle", 0, false);
    settling.setDaemon(true);
    try {
      settling.start();
      settling.join(SETTLE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      Failure.note("The last collection", e);
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

  /**
   * Leaves the recording to JFR's own hook, which runs at the same time and ends it. A disk that
   * does not answer holds up no exit: after a while it goes on without the end being written.
   */
  private void shutDown() {
    Thread writer = new Thread(null, this::writeEnd, "memreport-end-writer", 0, false);
    writer.setDaemon(true);
    writer.start();
    try {
      writer.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeEnd() {
    try {
      Instant endedAt = Instant.now();
      disk.stop();
      sampler.stop();
      folder.writeFacts(facts.json(recording.repository(), endedAt, EndingSignal.name()));
    } catch (IOException | RuntimeException e) {
      if (!disk.hasEndedRecording()) {
        System.err.println("memreport: the end of the run could not be written: " + e);
      }
    }
  }
}
