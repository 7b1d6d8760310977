// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.CgroupEvent;
import io.memreport.recorder.event.CgroupProcessEvent;
import io.memreport.recorder.event.ChildEndEvent;
import io.memreport.recorder.event.ChildMemoryEvent;
import io.memreport.recorder.event.ChildStartEvent;
import io.memreport.recorder.event.ChunkEndEvent;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.ConnectionStatusEvent;
import io.memreport.recorder.event.JvmLimitsEvent;
import io.memreport.recorder.event.LibraryHeapEvent;
import io.memreport.recorder.event.MemorySampleEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.OomdSettingsEvent;
import io.memreport.recorder.event.OpenResultEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.PoolEvent;
import io.memreport.recorder.event.PressureEvent;
import io.memreport.recorder.event.ProcessMemoryEvent;
import io.memreport.recorder.event.QueryEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.event.RunningQueryEvent;
import io.memreport.recorder.event.SegmentEvent;
import io.memreport.recorder.event.SharedFailureEvent;
import io.memreport.recorder.event.SharedLimitsEvent;
import io.memreport.recorder.event.SqlTextEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

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
          JvmLimitsEvent.class,
          LibraryHeapEvent.class,
          MemorySampleEvent.class,
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
  private volatile boolean ended;

  private FlightRecording(
      RunFolder folder, Runnable chunkBegan, Runnable chunkEnds, boolean moved) {
    this.folder = folder;
    this.chunkBegan = chunkBegan;
    this.chunkEnds = chunkEnds;
    this.moved = moved;
  }

  /**
   * Starts recording into the folder. JFR ends it when the JVM does, and writes it to its
   * destination.
   *
   * @param chunkBegan runs when a chunk begins
   * @param chunkEnds runs before a chunk ends: the last chance to write what was counted, whoever
   *     ends the recording and whenever. JFR calls it even from its own shutdown hook.
   */
  static FlightRecording start(
      Settings settings, RunFolder folder, Runnable chunkBegan, Runnable chunkEnds)
      throws IOException {
    boolean alone = FlightRecorder.getFlightRecorder().getRecordings().isEmpty();
    if (alone) {
      JfrRepository.moveTo(folder.repository());
    }
    EVENTS.forEach(FlightRecorder::register);
    FlightRecorder.addPeriodicEvent(RunEvent.class, chunkBegan);
    FlightRecorder.addPeriodicEvent(ChunkEndEvent.class, chunkEnds);
    FlightRecording started = new FlightRecording(folder, chunkBegan, chunkEnds, alone);
    try {
      started.configure(settings);
      started.recording.start();
      return started;
    } catch (IOException | RuntimeException e) {
      started.recording.close();
      throw e;
    }
  }

  private void configure(Settings settings) throws IOException {
    recording.setName("memreport");
    recording.setSettings(JfrSettings.of(settings));
    for (Class<? extends MemreportEvent> event : EVENTS) {
      recording.enable(event).withThreshold(Duration.ZERO);
    }
    recording.setToDisk(true);
    recording.setDumpOnExit(true);
    recording.setDestination(folder.recording());
  }

  /**
   * Ends the recording while the JVM goes on, writes it to its destination, and leaves JFR as it
   * was.
   */
  void stop() {
    if (!ended) {
      RunEndEvent end = new RunEndEvent();
      end.reason = RunEndEvent.DETACHED;
      end.commit();
      recording.stop();
    }
    recording.close();
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
   * Ends the recording if the disk is almost full, and leaves its chunks in the repository: there
   * is no room for a second copy.
   */
  void endIfDiskIsShort() {
    if (ended || !DiskSpace.isShort(folder.path(), recording.getSize())) {
      return;
    }
    ended = true;
    Path chunks = JfrRepository.current();
    String reason = "the recording ends here: " + DiskSpace.shortage(folder.path());
    NoteEvent note = new NoteEvent();
    note.text = reason;
    note.commit();
    RunEndEvent end = new RunEndEvent();
    end.reason = RunEndEvent.DISK_FULL;
    end.commit();
    System.err.println("memreport: " + reason);
    try {
      recording.setDestination(null);
      Files.deleteIfExists(folder.recording());
      recording.stop();
      JfrRepository.keep(chunks, folder.repository());
    } catch (IOException | RuntimeException e) {
      System.err.println("memreport: the recording is lost: " + e);
    }
  }
}
