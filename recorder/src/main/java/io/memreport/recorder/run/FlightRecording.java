// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.event.ChunkEndEvent;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.LibraryHeapEvent;
import io.memreport.recorder.event.MemoryMapEvent;
import io.memreport.recorder.event.MemorySampleEvent;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.QueryEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.event.SqlTextEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Configuration;
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
          ChunkEndEvent.class,
          ConnectionOpenEvent.class,
          ConnectionSettingEvent.class,
          ConnectionStateEvent.class,
          LibraryHeapEvent.class,
          MemoryMapEvent.class,
          MemorySampleEvent.class,
          NoteEvent.class,
          OpenStatementsEvent.class,
          QueryEvent.class,
          QueryTotalEvent.class,
          RunEndEvent.class,
          RunEvent.class,
          SqlTextEvent.class,
          TestEvent.class,
          TestStartEvent.class);

  private FlightRecording() {}

  /**
   * Starts recording into the folder. JFR ends it when the JVM does, and writes it to its
   * destination.
   *
   * @param chunkBegan runs when a chunk begins
   * @param chunkEnds runs before a chunk ends: the last chance to write what was counted, whoever
   *     ends the recording and whenever. JFR calls it even from its own shutdown hook.
   * @return where JFR keeps its chunks, or null if it does not say
   */
  static Path start(Settings settings, RunFolder folder, Runnable chunkBegan, Runnable chunkEnds)
      throws IOException, ParseException {
    if (FlightRecorder.getFlightRecorder().getRecordings().isEmpty()) {
      JfrRepository.moveTo(folder.repository());
    }
    EVENTS.forEach(FlightRecorder::register);
    FlightRecorder.addPeriodicEvent(RunEvent.class, chunkBegan);
    FlightRecorder.addPeriodicEvent(ChunkEndEvent.class, chunkEnds);
    Recording recording = new Recording();
    try {
      recording.setName("memreport");
      recording.setSettings(
          settings.jfc() == null
              ? JfrSettings.builtIn(settings.leaks())
              : Configuration.create(settings.jfc()).getSettings());
      for (Class<? extends MemreportEvent> event : EVENTS) {
        recording.enable(event).withThreshold(Duration.ZERO);
      }
      recording.setToDisk(true);
      recording.setDumpOnExit(true);
      recording.setDestination(folder.recording());
      recording.start();
      return JfrRepository.current();
    } catch (IOException | RuntimeException e) {
      recording.close();
      throw e;
    }
  }
}
