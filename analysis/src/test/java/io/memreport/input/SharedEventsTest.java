// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.shared.SegmentEvent;
import io.memreport.recorder.event.shared.SharedLimitsEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedEventsTest {
  private static final long TEST = 1;
  private static final long BYTES = 1 << 20;
  private static final long JVM = 4711;
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir private Path folder;

  @Test
  void a_segment_that_was_seen_after_the_end_of_its_test_was_left_by_it() throws IOException {
    assertThat(retained(0)).isEqualTo(BYTES);
  }

  @Test
  void a_segment_that_went_when_nobody_looked_may_have_gone_before_the_end_of_its_test()
      throws IOException {
    assertThat(retained(5)).isZero();
  }

  @Test
  void a_segment_that_was_first_seen_within_a_second_after_its_test_was_there_before()
      throws IOException {
    assertThat(retainedBefore(Duration.ofMillis(1))).isEqualTo(BYTES);
    assertThat(retainedBefore(Duration.ofSeconds(1))).isEqualTo(BYTES);
    assertThat(retainedBefore(Duration.ofMillis(1001))).isZero();
  }

  @Test
  void a_file_that_nobody_has_mapped_is_of_the_only_test_that_ran_when_it_was_written()
      throws IOException {
    assertThat(writer(MemreportEvent.UNKNOWN, test(1, "test", 0), test(2, "test", 20)))
        .isEqualTo("t1");
    assertThat(writer(JVM, test(1, "test", 0), test(2, "test", 20))).isEqualTo("t1");
  }

  @Test
  void of_tests_that_ran_together_or_of_another_process_it_is_nobodys() throws IOException {
    assertThat(writer(MemreportEvent.UNKNOWN, test(1, "test", 0), test(2, "test", 5))).isNull();
    assertThat(writer(JVM + 1, test(1, "test", 0))).isNull();
    assertThat(writer(MemreportEvent.UNKNOWN, test(1, "test", 20))).isNull();
  }

  @Test
  void between_tests_it_is_of_the_fixtures() throws IOException {
    assertThat(writer(MemreportEvent.UNKNOWN, test(1, "test", 20), test(2, "class", 0)))
        .isEqualTo("t2");
  }

  /** Ten seconds from a second on. */
  private static TestData test(long id, String kind, long from) {
    TestData test = new TestData(id);
    test.kind = kind;
    test.startedAt = NOON.plusSeconds(from);
    test.durationNanos = Duration.ofSeconds(10).toNanos();
    return test;
  }

  /** Whose a file is that was written in second 7. */
  private String writer(long creator, TestData... tests) throws IOException {
    Path file = folder.resolve("file" + System.nanoTime() + ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(SegmentEvent.class);
      recording.start();
      SegmentEvent event = segment();
      event.testId = MemreportEvent.OUTSIDE_TESTS;
      event.creatorPid = creator;
      event.changedAt = NOON.plusSeconds(7).toEpochMilli();
      event.commit();
      recording.stop();
      recording.dump(file);
    }
    SharedEvents events = new SharedEvents();
    RecordingFile.readAllEvents(file).forEach(events::add);
    events.assignFiles(List.of(tests), JVM);
    return events.segments("r", Map.of(1L, "t1", 2L, "t2")).get(0).test();
  }

  /** Bytes of a test that ended so long before its segment was first seen. */
  private Long retainedBefore(Duration firstSeen) throws IOException {
    SharedEvents events = new SharedEvents();
    Instant seen = null;
    for (RecordedEvent event : record(0)) {
      if (!event.hasField("gone") || !event.getBoolean("gone")) {
        assertThat(events.add(event)).isTrue();
        seen = event.getStartTime();
      }
    }
    TestData test = new TestData(TEST);
    test.startedAt = seen.minusSeconds(10);
    test.durationNanos = Duration.ofSeconds(10).minus(firstSeen).toNanos();
    return events.use(test, seen).retainedBytes();
  }

  /** Bytes of a test that ended 3 ms before it was noticed that its segment is gone. */
  private Long retained(long unseenMillis) throws IOException {
    SharedEvents events = new SharedEvents();
    Instant noticed = Instant.EPOCH;
    for (RecordedEvent event : record(unseenMillis)) {
      assertThat(events.add(event)).isTrue();
      if (event.hasField("gone") && event.getBoolean("gone")) {
        noticed = event.getStartTime();
      }
    }
    TestData test = new TestData(TEST);
    test.startedAt = noticed.minusSeconds(1);
    test.durationNanos = Duration.ofSeconds(1).minusMillis(3).toNanos();
    return events.use(test, noticed).retainedBytes();
  }

  private List<RecordedEvent> record(long unseenMillis) throws IOException {
    Path file = folder.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable(SegmentEvent.class);
      recording.enable(SharedLimitsEvent.class);
      recording.start();
      SharedLimitsEvent limits = new SharedLimitsEvent();
      limits.idsUsed = 0;
      limits.commit();
      segment().commit();
      sleep(20);
      SegmentEvent gone = segment();
      gone.gone = true;
      gone.unseenMillis = unseenMillis;
      gone.commit();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file);
  }

  private static SegmentEvent segment() {
    SegmentEvent event = new SegmentEvent();
    event.kind = SegmentEvent.POSIX;
    event.id = "/dev/shm/a";
    event.bytes = BYTES;
    event.testId = TEST;
    return event;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
