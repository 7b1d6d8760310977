// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.shared.SegmentEvent;
import io.memreport.recorder.event.shared.SharedLimitsEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedEventsTest {
  private static final long TEST = 1;
  private static final long BYTES = 1 << 20;

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
