// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.box.BoxSample;
import io.memreport.input.jfr.AllocationSample;
import io.memreport.input.jfr.ChunkRepair;
import io.memreport.input.jfr.EventReader;
import io.memreport.input.jfr.OldObject;
import io.memreport.input.jfr.Sums;
import io.memreport.input.run.InputFile;
import io.memreport.input.run.Moments;
import io.memreport.input.run.RunInput;
import io.memreport.input.run.UnreadableInputException;
import io.memreport.model.JvmLimits;
import io.memreport.model.memory.NativeLibrary;
import io.memreport.recorder.box.BoxGauge;
import io.memreport.recorder.event.ConnectionOpenEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.ConnectionStateEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.OpenStatementsEvent;
import io.memreport.recorder.event.QueryTotalEvent;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.event.SqlTextEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import io.memreport.recorder.event.heap.ClassRetainedEvent;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import io.memreport.recorder.event.heap.KeptLoadersEvent;
import io.memreport.recorder.event.heap.LastCollectionEvent;
import io.memreport.recorder.event.heap.SharedCollectionEvent;
import io.memreport.recorder.event.memory.JvmLimitsEvent;
import io.memreport.recorder.event.memory.LibraryHeapEvent;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongConsumer;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Streams the recordings of one run and adds up what they say. */
final class RunReader {
  private static final EventReader<RunEvent> RUN = EventReader.of(RunEvent.class);
  private static final EventReader<RunEndEvent> RUN_END = EventReader.of(RunEndEvent.class);
  private static final EventReader<TestStartEvent> TEST_START =
      EventReader.of(TestStartEvent.class);
  private static final EventReader<TestEvent> TEST = EventReader.of(TestEvent.class);
  private static final EventReader<SqlTextEvent> SQL_TEXT = EventReader.of(SqlTextEvent.class);
  private static final EventReader<QueryTotalEvent> QUERY_TOTAL =
      EventReader.of(QueryTotalEvent.class);
  private static final EventReader<ConnectionOpenEvent> CONNECTION_OPEN =
      EventReader.of(ConnectionOpenEvent.class);
  private static final EventReader<ConnectionSettingEvent> CONNECTION_SETTING =
      EventReader.of(ConnectionSettingEvent.class);
  private static final EventReader<ConnectionStateEvent> CONNECTION_STATE =
      EventReader.of(ConnectionStateEvent.class);
  private static final EventReader<OpenStatementsEvent> OPEN_STATEMENTS =
      EventReader.of(OpenStatementsEvent.class);
  private static final EventReader<LibraryHeapEvent> LIBRARY_HEAP =
      EventReader.of(LibraryHeapEvent.class);
  private static final EventReader<JvmLimitsEvent> JVM_LIMITS =
      EventReader.of(JvmLimitsEvent.class);
  private static final EventReader<MemorySampleEvent> MEMORY_SAMPLE =
      EventReader.of(MemorySampleEvent.class);
  private static final EventReader<HeapLiveEvent> HEAP_LIVE = EventReader.of(HeapLiveEvent.class);
  private static final EventReader<SharedCollectionEvent> SHARED_COLLECTION =
      EventReader.of(SharedCollectionEvent.class);
  private static final EventReader<ClassRetainedEvent> CLASS_RETAINED =
      EventReader.of(ClassRetainedEvent.class);
  private static final EventReader<KeptLoadersEvent> KEPT_LOADERS =
      EventReader.of(KeptLoadersEvent.class);
  private static final EventReader<LastCollectionEvent> LAST_COLLECTION =
      EventReader.of(LastCollectionEvent.class);
  private static final EventReader<NoteEvent> NOTE = EventReader.of(NoteEvent.class);

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
    reader.data.forgetHalfCounted();
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
    Instant began = event.getStartTime();
    switch (event.getEventType().getName()) {
      case RunEvent.NAME -> run(RUN.read(event));
      case RunEndEvent.NAME -> runEnd(RUN_END.read(event));
      case TestStartEvent.NAME -> testStart(TEST_START.read(event), event);
      case TestEvent.NAME -> testEnd(TEST.read(event), event.getDuration());
      case SqlTextEvent.NAME -> sqlText(SQL_TEXT.read(event));
      case QueryTotalEvent.NAME -> queryTotal(QUERY_TOTAL.read(event), began);
      case ConnectionOpenEvent.NAME -> connectionOpen(CONNECTION_OPEN.read(event), began);
      case ConnectionSettingEvent.NAME -> setting(CONNECTION_SETTING.read(event), began);
      case ConnectionStateEvent.NAME -> connectionState(CONNECTION_STATE.read(event), began);
      case OpenStatementsEvent.NAME -> openStatements(OPEN_STATEMENTS.read(event), began);
      case LibraryHeapEvent.NAME -> library(LIBRARY_HEAP.read(event), began);
      case JvmLimitsEvent.NAME -> jvmLimits(JVM_LIMITS.read(event));
      case MemorySampleEvent.NAME -> sample(MEMORY_SAMPLE.read(event), began);
      case HeapLiveEvent.NAME -> data.heap.add(HEAP_LIVE.read(event));
      case ClassRetainedEvent.NAME -> data.classes.add(CLASS_RETAINED.read(event));
      case SharedCollectionEvent.NAME -> shared(SHARED_COLLECTION.read(event));
      case LastCollectionEvent.NAME -> lastCollection(LAST_COLLECTION.read(event), at);
      case KeptLoadersEvent.NAME -> data.afterTests.add(KEPT_LOADERS.read(event), at);
      case NoteEvent.NAME -> data.notes.add(NOTE.read(event).text);
      case "jdk.OldObjectSample" -> oldObject(event);
      case AllocationSample.NAME -> allocated(AllocationSample.of(event));
      case "jdk.DataLoss" -> {
        data.dataLosses++;
        data.dataLossBytes += event.getLong("amount");
      }
      default -> {
        if (!data.service.add(event, data)
            && !data.pools.add(event)
            && !data.shared.add(event)
            && !data.errors.add(event)) {
          data.surroundings.add(event);
        }
      }
    }
  }

  private void sample(MemorySampleEvent event, Instant at) {
    Long rss = Sums.gauge(event.mappedRss);
    Long pss = Sums.gauge(event.mappedPss);
    data.sample(
        gauges(event, at),
        rss == null || pss == null ? null : Long.valueOf(Math.max(0, rss - pss)));
  }

  private static BoxSample gauges(MemorySampleEvent event, Instant at) {
    Map<BoxGauge, Long> gauges = new EnumMap<>(BoxGauge.class);
    for (BoxGauge gauge : BoxGauge.values()) {
      Long figure = Sums.gauge(gauge.of(event));
      if (figure != null) {
        gauges.put(gauge, figure);
      }
    }
    return new BoxSample(at, 0, gauges);
  }

  private void run(RunEvent event) {
    data.gaps.options(event.options);
    data.pid = event.pid;
    data.role = event.role;
    data.startedAt = Moments.plausible(Instant.ofEpochMilli(event.startedAtMillis));
    if (event.nativeUnavailable != null) {
      data.nativeUnavailable = event.nativeUnavailable;
    }
  }

  private void runEnd(RunEndEvent event) {
    data.ended |=
        RunEndEvent.SHUTDOWN.equals(event.reason) || RunEndEvent.DETACHED.equals(event.reason);
    data.shutDown |= RunEndEvent.SHUTDOWN.equals(event.reason);
    data.signal = event.signal;
    data.endedEarly |= RunEndEvent.DISK_FULL.equals(event.reason);
  }

  private void testStart(TestStartEvent event, RecordedEvent recorded) {
    TestData test = data.test(event.testId);
    test.parent = event.parentId;
    test.kind = event.kind;
    test.uniqueId = event.uniqueId;
    test.className = event.className;
    test.methodName = event.methodName;
    test.displayName = event.displayName;
    test.atStart = event;
    test.startedAt = recorded.getStartTime();
    test.thread = recorded.getThread() == null ? -1 : recorded.getThread().getJavaThreadId();
  }

  private void testEnd(TestEvent event, Duration duration) {
    TestData test = data.test(event.testId);
    test.ended = true;
    test.status = event.status;
    test.failure = event.failure;
    test.durationNanos = duration.toNanos();
    test.threads = event.threadCount;
    test.heapAllocated = Sums.known(event.heapAllocated);
    if (test.heapRetained == null) {
      test.heapRetained = Sums.known(event.heapRetained);
    }
    test.heapSoft = Sums.known(event.heapSoft);
    test.filesLeft = Sums.known(event.filesLeft);
    test.atEnd = event;
    test.nativeAllocated = Sums.known(event.nativeAllocated);
    test.nativePeak = Sums.known(event.nativePeak);
    test.nativeNet = Sums.known(event.nativeNet);
    test.unknownBecause = event.unknownBecause;
  }

  private void shared(SharedCollectionEvent event) {
    data.test(event.testId).heapRetained = event.heapRetained;
  }

  private void lastCollection(LastCollectionEvent event, Instant at) {
    data.afterTests.add(event, at);
    data.notes.add(
        "At the end of the tests one full collection, of "
            + event.tookMillis
            + " ms, told what they left in the Java heap from what was not collected yet.");
  }

  private void queryTotal(QueryTotalEvent event, Instant at) {
    data.service.executed(event, at);
    data.usage(new RunData.UsageKey(event.testId, event.sqlId, event.connectionId)).add(event);
  }

  private void setting(ConnectionSettingEvent event, Instant at) {
    data.connection(event.connectionId).setting(event.name, event.value, at);
  }

  private void sqlText(SqlTextEvent event) {
    data.sql.put(event.sqlId, event.text);
    if (event.site != null) {
      data.sites.put(event.sqlId, event.site);
    }
  }

  private void connectionOpen(ConnectionOpenEvent event, Instant at) {
    ConnectionData connection = data.connection(event.connectionId);
    connection.url = event.url;
    connection.test = event.testId;
    connection.openedAt = at;
    connection.driver = event.driver;
    connection.openedBy = event.openedAt;
    connection.earlier = event.beforeAttach;
  }

  private void connectionState(ConnectionStateEvent event, Instant at) {
    ConnectionData connection = data.connection(event.connectionId);
    if (connection.stateAt == null || !at.isBefore(connection.stateAt)) {
      connection.stateAt = at;
      connection.held = Sums.known(event.nativeHeld);
      connection.openStatements = event.openStatements;
      connection.closedAt = event.closed ? at : null;
    }
  }

  private void openStatements(OpenStatementsEvent event, Instant at) {
    RunData.OpenStatements said =
        new RunData.OpenStatements(at, event.open, Sums.known(event.nativeHeld));
    (event.beforeAttach ? data.earlierStatements : data.openStatements)
        .merge(
            new RunData.UsageKey(event.testId, event.sqlId, event.connectionId),
            said,
            (one, other) -> other.at().isBefore(one.at()) ? one : other);
  }

  private void library(LibraryHeapEvent event, Instant at) {
    String name = event.library;
    data.sqliteTakenOver |= event.sqlite && event.unavailable != null;
    NativeLibrary library =
        new NativeLibrary(
            null,
            name,
            event.sqlite,
            event.unavailable,
            Sums.known(event.held),
            Sums.known(event.peak),
            Sums.known(event.allocated));
    data.libraries.merge(
        name,
        new RunData.Latest<>(at, library),
        (one, other) -> other.at().isBefore(one.at()) ? one : other);
  }

  private void jvmLimits(JvmLimitsEvent event) {
    data.jvmLimits =
        new JvmLimits(
            Sums.known(event.maxHeap),
            Sums.known(event.maxDirect),
            Sums.known(event.threadStack),
            event.exitOnOutOfMemoryError,
            event.crashOnOutOfMemoryError,
            event.errorFile,
            event.workingDirectory);
  }

  private void allocated(AllocationSample sample) {
    if (sample != null) {
      data.allocations.add(sample);
    }
  }

  private void oldObject(RecordedEvent event) {
    OldObject object = OldObject.of(event);
    if (object != null) {
      data.oldObjects.add(object);
    }
  }
}
