// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.ChunkEndEvent;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.ConnectionStatusEvent;
import io.memreport.recorder.event.ExhaustedEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.OpenResultEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.PoolEvent;
import io.memreport.recorder.event.QueryEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.event.RunningQueryEvent;
import io.memreport.recorder.event.SqlTextEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import io.memreport.recorder.event.heap.ClassRetainedEvent;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import io.memreport.recorder.event.heap.KeptLoadersEvent;
import io.memreport.recorder.event.heap.LastCollectionEvent;
import io.memreport.recorder.event.heap.SharedCollectionEvent;
import io.memreport.recorder.event.memory.CgroupEvent;
import io.memreport.recorder.event.memory.CgroupProcessEvent;
import io.memreport.recorder.event.memory.JvmLimitsEvent;
import io.memreport.recorder.event.memory.LibraryHeapEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import io.memreport.recorder.event.memory.OomdSettingsEvent;
import io.memreport.recorder.event.memory.PressureEvent;
import io.memreport.recorder.event.memory.ProcessMemoryEvent;
import io.memreport.recorder.event.process.ChildEndEvent;
import io.memreport.recorder.event.process.ChildMemoryEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import io.memreport.recorder.event.shared.SegmentEvent;
import io.memreport.recorder.event.shared.SharedFailureEvent;
import io.memreport.recorder.event.shared.SharedLimitsEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/** The recording of this run, started in code: JFR's command line would write to stdout. */
final class FlightRecording {
  /**
   * Registered before anything is written: registration takes a lock of JFR's that its chunk hooks
   * hold while they wait for ours.
   */
  private static final List<Class<? extends MemreportEvent>> EVENTS =
      List.of(
          BorrowedEvent.class,
          CgroupEvent.class,
          CgroupProcessEvent.class,
          ChildEndEvent.class,
          ChildMemoryEvent.class,
          ChildStartEvent.class,
          ChunkEndEvent.class,
          ConnectionOpenEvent.class,
          ConnectionSettingEvent.class,
          ConnectionStateEvent.class,
          ConnectionStatusEvent.class,
          ExhaustedEvent.class,
          JvmLimitsEvent.class,
          LastCollectionEvent.class,
          KeptLoadersEvent.class,
          LibraryHeapEvent.class,
          MemorySampleEvent.class,
          ClassRetainedEvent.class,
          HeapLiveEvent.class,
          NoteEvent.class,
          OomdSettingsEvent.class,
          OpenResultEvent.class,
          OpenStatementsEvent.class,
          PoolEvent.class,
          PressureEvent.class,
          ProcessMemoryEvent.class,
          QueryEvent.class,
          QueryTotalEvent.class,
          RunEndEvent.class,
          RunEvent.class,
          RunningQueryEvent.class,
          SegmentEvent.class,
          SharedCollectionEvent.class,
          SharedFailureEvent.class,
          SharedLimitsEvent.class,
          SqlTextEvent.class,
          TestEvent.class,
          TestStartEvent.class);

  private final Recording recording = new Recording();
  private final RunFolder folder;
  private final Runnable chunkBegan;
  private final Runnable chunkEnds;
  private final boolean moved;
  private final KeptEvents kept;
  private final Map<String, String> settings;
  private final FlightRecorderListener listener =
      new FlightRecorderListener() {
        @Override
        public void recordingStateChanged(Recording changed) {
          if (changed == recording && changed.getState() == RecordingState.STOPPED) {
            write();
          }
        }
      };
  private volatile boolean ended;

  private FlightRecording(
      Settings settings, RunFolder folder, Runnable chunkBegan, Runnable chunkEnds, boolean moved) {
    this.settings = JfrSettings.of(settings);
    this.kept = KeptEvents.of(this.settings);
    this.folder = folder;
    this.chunkBegan =
        () -> {
          if (moved) {
            JfrRepository.restrict();
          }
          chunkBegan.run();
        };
    this.chunkEnds = chunkEnds;
    this.moved = moved;
  }

  /**
   * Starts recording into the folder. JFR ends it when the JVM does; what is kept of it is written
   * then, on the thread that ends it.
   *
   * @param disk is asked for room at the last moment, and told when the recording can be ended
   * @param chunkBegan runs when a chunk begins
   * @param chunkEnds runs before a chunk ends: the last chance to write what was counted, whoever
   *     ends the recording and whenever. JFR calls it even from its own shutdown hook.
   */
  static FlightRecording start(
      Settings settings, RunFolder folder, DiskGuard disk, Runnable chunkBegan, Runnable chunkEnds)
      throws IOException {
    boolean alone = FlightRecorder.getFlightRecorder().getRecordings().isEmpty();
    if (alone) {
      JfrRepository.moveTo(PrivateFiles.createFolder(folder.repository()));
    }
    EVENTS.forEach(FlightRecorder::register);
    FlightRecording started = new FlightRecording(settings, folder, chunkBegan, chunkEnds, alone);
    FlightRecorder.addPeriodicEvent(RunEvent.class, started.chunkBegan);
    FlightRecorder.addPeriodicEvent(ChunkEndEvent.class, started.chunkEnds);
    try {
      started.configure();
      FlightRecorder.addListener(started.listener);
      disk.requireRoom();
      started.recording.start();
      disk.recordingBegan(started::endForDisk);
      return started;
    } catch (IOException | RuntimeException e) {
      FlightRecorder.removeListener(started.listener);
      started.recording.close();
      throw e;
    }
  }

  private void configure() {
    recording.setName("memreport");
    recording.setSettings(settings);
    for (Class<? extends MemreportEvent> event : EVENTS) {
      recording.enable(event).withThreshold(Duration.ZERO);
    }
    // Without a destination: JFR would write all that was recorded in this JVM.
    recording.setToDisk(true);
  }

  /** Names of the events of our own. */
  static List<String> eventNames() {
    List<String> names = new ArrayList<>();
    for (Class<? extends MemreportEvent> event : EVENTS) {
      names.add(event.getAnnotation(Name.class).value());
    }
    return names;
  }

  /**
   * Writes what is kept of the chunks, which are complete now and still there. If that fails they
   * stay as they are, in the private folder: then a report takes from them what it needs.
   */
  private void write() {
    if (ended) {
      return;
    }
    List<Path> chunks = List.of();
    try {
      chunks = JfrRepository.chunks(recording);
      KeptRecording.write(chunks, kept, folder.recording());
    } catch (IOException | RuntimeException | Error e) {
      System.err.println(
          "memreport: the recording stays unfiltered in " + folder.repository() + ": " + e);
      keep(chunks);
    }
  }

  private void keep(List<Path> chunks) {
    try {
      JfrRepository.keep(chunks, folder.repository());
    } catch (IOException | RuntimeException e) {
      System.err.println("memreport: the recording is lost: " + e);
    }
  }

  /**
   * Ends the recording while the JVM goes on, writes what is kept of it, and leaves JFR as it was.
   */
  void stop() {
    if (recording.getState() == RecordingState.RUNNING) {
      RunEndEvent end = new RunEndEvent();
      end.reason = RunEndEvent.DETACHED;
      end.commit();
      recording.stop();
    }
    recording.close();
    FlightRecorder.removeListener(listener);
    FlightRecorder.removePeriodicEvent(chunkBegan);
    FlightRecorder.removePeriodicEvent(chunkEnds);
    // Their types stay registered: JFR would make a class for each of them with each further run.
    if (moved) {
      JfrRepository.moveBack();
    }
  }

  /** Where the chunks are, or null if JFR does not say. */
  Path repository() {
    return ended ? folder.repository() : JfrRepository.current();
  }

  /**
   * Ends the recording because the disk is almost full, and leaves its chunks in the repository:
   * there is no room for a second copy.
   */
  private void endForDisk(String shortage) {
    if (ended) {
      return;
    }
    ended = true;
    Path chunks = JfrRepository.current();
    String reason = "the recording ends here: " + shortage;
    NoteEvent note = new NoteEvent();
    note.text = reason;
    note.commit();
    RunEndEvent end = new RunEndEvent();
    end.reason = RunEndEvent.DISK_FULL;
    end.commit();
    System.err.println("memreport: " + reason);
    try {
      recording.stop();
      JfrRepository.keep(chunks, folder.repository());
    } catch (IOException | RuntimeException e) {
      System.err.println("memreport: the recording is lost: " + e);
    }
  }
}
