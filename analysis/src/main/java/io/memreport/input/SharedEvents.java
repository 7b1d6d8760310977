// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.EventReader;
import io.memreport.input.jfr.Sums;
import io.memreport.input.log.LogReader;
import io.memreport.input.run.Moments;
import io.memreport.model.Leak;
import io.memreport.model.log.EventKind;
import io.memreport.model.log.LogEvent;
import io.memreport.model.memory.SharedUse;
import io.memreport.model.shared.ChildProcess;
import io.memreport.model.shared.SeenSegment;
import io.memreport.model.shared.SharedFailure;
import io.memreport.model.shared.SharedLimits;
import io.memreport.recorder.event.process.ChildEndEvent;
import io.memreport.recorder.event.process.ChildMemoryEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import io.memreport.recorder.event.shared.SegmentEvent;
import io.memreport.recorder.event.shared.SharedFailureEvent;
import io.memreport.recorder.event.shared.SharedLimitsEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;

/** What one run says of shared memory, and of the processes that it started. */
final class SharedEvents {
  private static final EventReader<ChildStartEvent> CHILD_START =
      EventReader.of(ChildStartEvent.class);
  private static final EventReader<ChildMemoryEvent> CHILD_MEMORY =
      EventReader.of(ChildMemoryEvent.class);
  private static final EventReader<ChildEndEvent> CHILD_END = EventReader.of(ChildEndEvent.class);
  private static final EventReader<SegmentEvent> SEGMENT = EventReader.of(SegmentEvent.class);
  private static final EventReader<SharedLimitsEvent> LIMITS =
      EventReader.of(SharedLimitsEvent.class);
  private static final EventReader<SharedFailureEvent> FAILURE =
      EventReader.of(SharedFailureEvent.class);

  /** The sampler looks once a second at least. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final Map<String, ChildData> children = new LinkedHashMap<>();
  private final List<Sighting> sightings = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private Instant limitsAt = Instant.MIN;
  private SharedLimits limits;

  /** Segments in the order in which they were first seen; null until all events were read. */
  private List<SegmentData> segments;

  /** What was seen of a segment at one time. */
  private record Sighting(
      Instant at,
      boolean gone,
      long unseenMillis,
      long test,
      Instant changedAt,
      SeenSegment seen) {}

  private record Line(Instant at, String source, long test, long sql, String text) {}

  private record Speaker(String source, long test, long sql) {}

  /** One segment from its first sighting to its last. */
  private static final class SegmentData {
    private final Instant from;
    private Instant lastAt;
    private Instant goneAt;

    /** It went between this and when that was noticed. */
    private Instant goneFrom;

    private long test;
    private boolean earlier;
    private SeenSegment last;
    private final List<Sighting> sightings = new ArrayList<>();

    SegmentData(Instant from) {
      this.from = from;
    }

    /** Most sightings tell who attached and who detached. */
    boolean sizeChanged(Sighting sighting) {
      return sightings.isEmpty()
          || !Objects.equals(
              sightings.get(sightings.size() - 1).seen.bytes(), sighting.seen.bytes());
    }

    /** When it was written last; null if that is not known. */
    Instant changedAt() {
      return sightings.isEmpty() ? null : sightings.get(sightings.size() - 1).changedAt;
    }

    /** Its size at a time, 0 before it was there, after it went, and where it may have gone. */
    long bytesAt(Instant at) {
      if (goneFrom != null && !at.isBefore(goneFrom)) {
        return 0;
      }
      Long bytes = null;
      for (Sighting sighting : sightings) {
        if (!sighting.at.isAfter(at)) {
          bytes = sighting.seen.bytes();
        }
      }
      return bytes == null ? 0 : bytes;
    }

    /** Likewise: one that is first seen right after that time was there before. */
    long bytesLeftAt(Instant end) {
      boolean late = from.isAfter(end) && !from.isAfter(end.plus(BETWEEN_LOOKS));
      return bytesAt(late ? from : end);
    }
  }

  /** Takes an event; false if it is not one of these. */
  boolean add(RecordedEvent event) {
    Instant at = event.getStartTime();
    switch (event.getEventType().getName()) {
      case ChildStartEvent.NAME -> {
        ChildStartEvent start = CHILD_START.read(event);
        child(start.processId, start.startTicks).started(start, at);
      }
      case ChildMemoryEvent.NAME -> {
        ChildMemoryEvent memory = CHILD_MEMORY.read(event);
        child(memory.processId, memory.startTicks).memory(memory, at);
      }
      case ChildEndEvent.NAME -> {
        ChildEndEvent end = CHILD_END.read(event);
        child(end.processId, end.startTicks).ended(end, at);
      }
      case SegmentEvent.NAME -> sightings.add(sighting(SEGMENT.read(event), at));
      case SharedLimitsEvent.NAME -> limits(LIMITS.read(event), at);
      case SharedFailureEvent.NAME -> {
        SharedFailureEvent failure = FAILURE.read(event);
        lines.add(new Line(at, failure.source, failure.testId, failure.sqlId, failure.text));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private ChildData child(long pid, long ticks) {
    return children.computeIfAbsent(key(pid, ticks), missing -> new ChildData(pid, ticks));
  }

  private static String key(long pid, long ticks) {
    return pid + ":" + ticks;
  }

  /** A process is over by the black box. */
  void ended(long pid, long ticks, Instant at) {
    ChildData child = children.get(key(pid, ticks));
    if (child != null) {
      child.endedAt(at);
    }
  }

  private static Sighting sighting(SegmentEvent event, Instant at) {
    return new Sighting(
        at,
        event.gone,
        event.unseenMillis,
        event.testId,
        Moments.plausible(Instant.ofEpochMilli(Math.max(0, event.changedAt))),
        new SeenSegment(
            null,
            event.kind,
            event.id,
            event.key,
            Sums.known(event.bytes),
            Sums.known(event.creatorPid),
            Sums.known(event.lastPid),
            Sums.known(event.attached),
            Sums.known(event.uid),
            null,
            event.creatorRuns,
            event.lastRuns,
            event.earlier,
            null,
            null,
            null,
            event.idleMillis));
  }

  private void limits(SharedLimitsEvent event, Instant at) {
    Long idsPeak = Sums.known(event.idsPeak);
    Long devShmPeak = Sums.known(event.devShmPeak);
    if (limits != null) {
      idsPeak = Sums.max(idsPeak, limits.idsPeak());
      devShmPeak = Sums.max(devShmPeak, limits.devShmPeakBytes());
    }
    if (limits == null || !at.isBefore(limitsAt)) {
      limitsAt = at;
      limits =
          new SharedLimits(
              Sums.limit(event.ids),
              Sums.limit(event.segmentBytes),
              Sums.limit(event.pages),
              Sums.limit(event.devShm),
              Sums.known(event.idsUsed),
              idsPeak,
              Sums.known(event.pagesUsed),
              Sums.known(event.devShmUsed),
              devShmPeak,
              Sums.known(event.unseen),
              event.namespace);
    }
  }

  /** Null if this run told none. */
  SharedLimits limits() {
    return limits;
  }

  List<ChildProcess> processes(RunData data, Map<Long, String> testIds) {
    List<ChildProcess> processes = new ArrayList<>();
    for (ChildData child : children.values()) {
      if (child.isKnown()) {
        processes.add(child.process(data, testIds.get(child.test), data.tests.get(child.test)));
      }
    }
    return processes;
  }

  /** Events of different threads come in any order. */
  private List<SegmentData> segments() {
    if (segments == null) {
      segments = new ArrayList<>();
      Map<String, SegmentData> there = new LinkedHashMap<>();
      sightings.sort(Comparator.comparing(Sighting::at));
      for (Sighting sighting : sightings) {
        String name = sighting.seen.kind() + " " + sighting.seen.id();
        SegmentData segment = there.get(name);
        if (segment == null) {
          segment = new SegmentData(sighting.at);
          there.put(name, segment);
          segments.add(segment);
        }
        segment.last = sighting.seen;
        segment.lastAt = sighting.at;
        segment.earlier |= sighting.seen.earlier();
        segment.test = sighting.test == 0 ? segment.test : sighting.test;
        if (sighting.gone) {
          segment.goneAt = sighting.at;
          segment.goneFrom = sighting.at.minusMillis(sighting.unseenMillis);
          there.remove(name);
        } else if (segment.sizeChanged(sighting)) {
          segment.sightings.add(sighting);
        }
      }
      segments.forEach(this::endWithCreator);
    }
    return segments;
  }

  /** Maps are looked at once a second: anonymous memory went when its process did. */
  private void endWithCreator(SegmentData segment) {
    if (!segment.last.kind().equals(SegmentEvent.ANONYMOUS) || segment.goneAt == null) {
      return;
    }
    for (ChildData child : children.values()) {
      boolean creator = segment.last.creatorPid() != null && segment.last.creatorPid() == child.pid;
      if (creator
          && child.endedAt != null
          && child.endedAt.isBefore(segment.goneAt)
          && child.endedAt.isAfter(segment.from)) {
        segment.goneAt = child.endedAt;
        segment.goneFrom = child.endedAt;
      }
    }
  }

  /** What was left of a test when the recording ended, and what outlived it. */
  List<Leak> leaks(TestData test, RunData data) {
    List<Leak> leaks = new ArrayList<>();
    Set<Long> left = new HashSet<>();
    List<ChildProcess> outlived = new ArrayList<>();
    for (ChildData child : children.values()) {
      if (child.isKnown() && child.test == test.id) {
        ChildProcess process = child.process(data, null, test);
        if (process.outlivedMillis() != null) {
          outlived.add(process);
          left.add(process.pid());
        }
      }
    }
    for (ChildProcess process : outlived) {
      if (!left.contains(process.parentPid())) {
        leaks.add(
            new Leak(
                "process",
                "process " + process.pid() + " outlived the test: " + process.command(),
                process.anonBytes(),
                process.startedAt()));
      }
    }
    for (SegmentData segment : segments()) {
      SeenSegment last = segment.last;
      boolean orphan =
          segment.goneAt == null
              && !segment.earlier
              && Long.valueOf(0).equals(last.attached())
              && !last.creatorRuns()
              && !last.lastRuns();
      if (segment.test == test.id && orphan) {
        leaks.add(
            new Leak(
                "segment",
                last.kind() + " segment " + last.id() + " that nobody uses any more",
                last.bytes(),
                segment.from));
      }
    }
    return leaks;
  }

  /**
   * Gives a file of this JVM's, or of nobody's, to the only test that ran when it was last changed:
   * it may have been written without being mapped, and is seen later.
   */
  void assignFiles(Iterable<TestData> tests, Long ownPid) {
    for (SegmentData segment : segments()) {
      Instant changed = segment.changedAt();
      Long creator = segment.last.creatorPid();
      if (segment.last.kind().equals(SegmentEvent.POSIX)
          && (creator == null || creator.equals(ownPid))
          && !segment.earlier
          && changed != null) {
        TestData only = only(tests, changed, "test");
        TestData writer = only == null ? only(tests, changed, "class") : only;
        segment.test = writer == null ? segment.test : writer.id;
      }
    }
  }

  private static TestData only(Iterable<TestData> tests, Instant at, String kind) {
    TestData only = null;
    for (TestData test : tests) {
      if (kind.equals(test.kind) && test.ranAt(at)) {
        if (only != null) {
          return null;
        }
        only = test;
      }
    }
    return only;
  }

  List<SeenSegment> segments(String runId, Map<Long, String> testIds) {
    List<SeenSegment> seen = new ArrayList<>();
    for (SegmentData segment : segments()) {
      SeenSegment last = segment.last;
      seen.add(
          new SeenSegment(
              runId,
              last.kind(),
              last.id(),
              last.key(),
              last.bytes(),
              last.creatorPid(),
              last.lastPid(),
              last.attached(),
              last.uid(),
              testIds.get(segment.test),
              last.creatorRuns(),
              last.lastRuns(),
              segment.earlier,
              segment.from,
              segment.lastAt,
              segment.goneAt,
              last.idleMillis()));
    }
    return seen;
  }

  /** What a test's processes made, by its size; unknown where nothing of it was recorded. */
  SharedUse use(TestData test, Instant lastSeen) {
    if (limits == null || limits.idsUsed() == null || test.startedAt == null) {
      return new SharedUse(null, null, null);
    }
    List<SegmentData> own = segments().stream().filter(one -> one.test == test.id).toList();
    Instant end = test.endedBy() == null ? lastSeen : test.endedBy();
    long peak = 0;
    for (SegmentData segment : own) {
      for (Sighting sighting : segment.sightings) {
        peak = Math.max(peak, bytesAt(own, sighting.at));
      }
    }
    long retained = own.stream().mapToLong(segment -> segment.bytesLeftAt(end)).sum();
    return new SharedUse(peak, retained, own.size());
  }

  private static long bytesAt(List<SegmentData> segments, Instant at) {
    return segments.stream().mapToLong(segment -> segment.bytesAt(at)).sum();
  }

  /** Reads what was said as if it stood in a log. */
  List<SharedFailure> failures(RunData data, Map<Long, String> testIds, QueryMerge queries) {
    Map<Speaker, List<Line>> said = new LinkedHashMap<>();
    lines.sort(Comparator.comparing(Line::at));
    for (Line line : lines) {
      said.computeIfAbsent(
              new Speaker(line.source, line.test, line.sql), missing -> new ArrayList<>())
          .add(line);
    }
    List<SharedFailure> failures = new ArrayList<>();
    said.forEach(
        (speaker, texts) -> {
          for (LogEvent event : read(texts, speaker.source, data.lastEventAt)) {
            int line = event.signs().isEmpty() ? 1 : (int) event.signs().get(0).line();
            failures.add(
                new SharedFailure(
                    data.input.id(),
                    testIds.get(speaker.test),
                    speaker.sql == 0 ? null : queries.id(data, speaker.sql),
                    speaker.source,
                    texts.get(Math.max(0, Math.min(line, texts.size()) - 1)).at,
                    event));
          }
        });
    return failures;
  }

  private static List<LogEvent> read(List<Line> texts, String source, Instant now) {
    LogReader reader = new LogReader(now, ZoneOffset.UTC);
    StringBuilder log = new StringBuilder();
    texts.forEach(line -> log.append(line.text).append('\n'));
    try {
      reader.read(
          new ByteArrayInputStream(log.toString().getBytes(StandardCharsets.UTF_8)), source);
    } catch (IOException e) {
      throw new IllegalStateException("memory can be read", e);
    }
    return reader.result().events().stream()
        .filter(event -> event.kind() == EventKind.SHM_EXHAUSTED)
        .toList();
  }
}
