// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxSample;
import io.memreport.model.JvmLimits;
import io.memreport.model.NativeLibrary;
import io.memreport.recorder.box.BoxGauge;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.JvmLimitsEvent;
import io.memreport.recorder.event.LibraryHeapEvent;
import io.memreport.recorder.event.MemorySampleEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.event.SqlTextEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Streams the recordings of one run and adds up what they say. */
final class RunReader {
  private final RunData data;

  private RunReader(RunInput input) {
    data = new RunData(input);
  }

  /**
   * Reads all files of a run.
   *
   * @param progress is told the bytes of each file once it was read
   * @throws UnreadableInputException if nothing of it can be read
   */
  static RunData read(RunInput input, LongConsumer progress) throws IOException {
    RunReader reader = new RunReader(input);
    if (input.facts().torn()) {
      reader.data.problems.add(
          "the run.json of " + input.id() + " is damaged; the recording itself says the rest");
    }
    UnreadableInputException refused = null;
    int read = 0;
    for (Path recording : input.recordings()) {
      try (ChunkRepair repair = new ChunkRepair()) {
        for (Path file : repair.readable(recording)) {
          reader.events(recording, file);
        }
        reader.data.notes.addAll(repair.notes());
        reader.data.unfinished |= repair.isUnfinished();
        reader.data.damaged |= repair.isDamaged();
        read++;
      } catch (IOException e) {
        refused = InputFile.unreadable(recording, e);
        reader.data.notes.add(refused.getMessage());
      }
      progress.accept(recording.toFile().length());
    }
    if (reader.data.incomplete > 0) {
      reader.data.notes.add(reader.data.incomplete + " events are damaged and left out");
    }
    BoxJoin.join(reader.data);
    LostEnds.find(reader.data);
    if (read == 0 && refused != null && reader.data.box == null) {
      throw refused;
    }
    return reader.data;
  }

  private void events(Path recording, Path file) throws IOException {
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        event(events.readEvent());
      }
    } catch (IOException | RuntimeException | Error e) {
      // The parser of the JDK trusts its input: a damaged one makes it fail in any of these ways.
      data.damaged = true;
      String how = InputFile.damage(e);
      if (data.lastEventAt == null) {
        throw new UnreadableInputException(recording, how.strip() + " from its beginning on");
      }
      String lost = how + ": what follows " + data.lastEventAt + " is lost";
      data.notes.add(recording.getFileName() + lost);
      data.problems.add(recording + ":" + lost);
    }
  }

  private void event(RecordedEvent event) {
    Instant at = event.getEndTime();
    if (data.lastEventAt == null || at.isAfter(data.lastEventAt)) {
      data.lastEventAt = at;
    }
    if (!Complete.isComplete(event)) {
      data.incomplete++;
      return;
    }
    switch (event.getEventType().getName()) {
      case RunEvent.NAME -> run(event);
      case RunEndEvent.NAME -> {
        String reason = event.getString("reason");
        data.ended |= RunEndEvent.SHUTDOWN.equals(reason) || RunEndEvent.DETACHED.equals(reason);
        data.signal = event.hasField("signal") ? event.getString("signal") : null;
        data.endedEarly |= RunEndEvent.DISK_FULL.equals(event.getString("reason"));
      }
      case TestStartEvent.NAME -> testStart(event);
      case TestEvent.NAME -> testEnd(event);
      case SqlTextEvent.NAME -> sqlText(event);
      case QueryTotalEvent.NAME -> data.usage(event).add(event);
      case ConnectionOpenEvent.NAME -> connectionOpen(event);
      case ConnectionSettingEvent.NAME ->
          data.connection(event.getLong("connectionId"))
              .setting(event.getString("name"), event.getString("value"), event.getStartTime());
      case ConnectionStateEvent.NAME -> connectionState(event);
      case OpenStatementsEvent.NAME -> openStatements(event);
      case LibraryHeapEvent.NAME -> library(event);
      case JvmLimitsEvent.NAME -> jvmLimits(event);
      case MemorySampleEvent.NAME -> {
        data.sample(gauges(event));
      }
      case NoteEvent.NAME -> data.notes.add(event.getString("text"));
      case "jdk.OldObjectSample" -> oldObject(event);
      case "jdk.DataLoss" -> {
        data.dataLosses++;
        data.dataLossBytes += event.getLong("amount");
      }
      default -> {
        if (!data.service.add(event, data) && !data.pools.add(event) && !data.shared.add(event)) {
          data.surroundings.add(event);
        }
      }
    }
  }

  private static BoxSample gauges(RecordedEvent event) {
    Map<BoxGauge, Long> gauges = new EnumMap<>(BoxGauge.class);
    for (BoxGauge gauge : BoxGauge.values()) {
      long said =
          gauge == BoxGauge.THREADS
              ? event.getInt(gauge.field())
              : event.hasField(gauge.field()) ? event.getLong(gauge.field()) : -1;
      Long figure = Sums.gauge(said);
      if (figure != null) {
        gauges.put(gauge, figure);
      }
    }
    return new BoxSample(event.getStartTime(), 0, gauges);
  }

  private void run(RecordedEvent event) {
    data.pid = event.getLong("pid");
    data.startedAt = Moments.plausible(Instant.ofEpochMilli(event.getLong("startedAtMillis")));
    if (event.getString("nativeUnavailable") != null) {
      data.nativeUnavailable = event.getString("nativeUnavailable");
    }
  }

  private void testStart(RecordedEvent event) {
    TestData test = data.test(event.getLong("testId"));
    test.parent = event.getLong("parentId");
    test.kind = event.getString("kind");
    test.uniqueId = event.getString("uniqueId");
    test.className = event.getString("className");
    test.methodName = event.getString("methodName");
    test.displayName = event.getString("displayName");
    test.startedAt = event.getStartTime();
    test.thread = event.getThread() == null ? -1 : event.getThread().getJavaThreadId();
  }

  private void testEnd(RecordedEvent event) {
    TestData test = data.test(event.getLong("testId"));
    test.ended = true;
    test.status = event.getString("status");
    test.failure = event.hasField("failure") ? event.getString("failure") : null;
    test.durationNanos = event.getDuration().toNanos();
    test.threads = event.getInt("threadCount");
    test.heapAllocated = Sums.figure(event, "heapAllocated");
    test.heapRetained = Sums.figure(event, "heapRetained");
    test.nativeAllocated = Sums.figure(event, "nativeAllocated");
    test.nativePeak = Sums.figure(event, "nativePeak");
    test.nativeNet = Sums.figure(event, "nativeNet");
    test.unknownBecause = event.getString("unknownBecause");
  }

  private void sqlText(RecordedEvent event) {
    data.sql.put(event.getLong("sqlId"), event.getString("text"));
    if (event.hasField("site") && event.getString("site") != null) {
      data.sites.put(event.getLong("sqlId"), event.getString("site"));
    }
  }

  private void connectionOpen(RecordedEvent event) {
    ConnectionData connection = data.connection(event.getLong("connectionId"));
    connection.url = event.getString("url");
    connection.test = event.getLong("testId");
    connection.openedAt = event.getStartTime();
    connection.driver = event.getString("driver");
    connection.openedBy = event.hasField("openedAt") ? event.getString("openedAt") : null;
    connection.earlier = event.hasField("beforeAttach") && event.getBoolean("beforeAttach");
  }

  private void connectionState(RecordedEvent event) {
    ConnectionData connection = data.connection(event.getLong("connectionId"));
    Instant at = event.getStartTime();
    if (connection.stateAt == null || !at.isBefore(connection.stateAt)) {
      connection.stateAt = at;
      connection.held = Sums.figure(event, "nativeHeld");
      connection.openStatements = event.getLong("openStatements");
      connection.closedAt = event.getBoolean("closed") ? at : null;
    }
  }

  private void openStatements(RecordedEvent event) {
    RunData.OpenStatements said =
        new RunData.OpenStatements(
            event.getStartTime(), event.getLong("open"), Sums.figure(event, "nativeHeld"));
    boolean earlier = event.hasField("beforeAttach") && event.getBoolean("beforeAttach");
    (earlier ? data.earlierStatements : data.openStatements)
        .merge(
            RunData.key(event), said, (one, other) -> other.at().isBefore(one.at()) ? one : other);
  }

  private void library(RecordedEvent event) {
    String name = event.getString("library");
    NativeLibrary library =
        new NativeLibrary(
            null,
            name,
            event.getBoolean("sqlite"),
            event.getString("unavailable"),
            Sums.figure(event, "held"),
            Sums.figure(event, "peak"),
            Sums.figure(event, "allocated"));
    data.libraries.merge(
        name,
        new RunData.Latest<>(event.getStartTime(), library),
        (one, other) -> other.at().isBefore(one.at()) ? one : other);
  }

  private void jvmLimits(RecordedEvent event) {
    data.jvmLimits =
        new JvmLimits(
            Sums.figure(event, "maxHeap"),
            Sums.figure(event, "maxDirect"),
            Sums.figure(event, "threadStack"),
            event.getBoolean("exitOnOutOfMemoryError"),
            event.getBoolean("crashOnOutOfMemoryError"),
            event.getString("errorFile"),
            event.getString("workingDirectory"));
  }

  private void oldObject(RecordedEvent event) {
    OldObject object = OldObject.of(event);
    if (object != null && !object.isInfrastructure()) {
      data.oldObjects.add(object);
    }
  }
}
