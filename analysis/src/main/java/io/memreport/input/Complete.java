// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.run.Moments;
import io.memreport.recorder.event.BorrowedEvent;
import io.memreport.recorder.event.ConnectionSettingEvent;
import io.memreport.recorder.event.NoteEvent;
import io.memreport.recorder.event.SqlTextEvent;
import io.memreport.recorder.event.memory.LibraryHeapEvent;
import io.memreport.recorder.event.shared.SegmentEvent;
import io.memreport.recorder.event.shared.SharedFailureEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What events can't be without: the recorder always writes it, so that without it one is damaged.
 */
final class Complete {
  private static final Map<String, List<String>> TEXTS =
      Map.of(
          SqlTextEvent.NAME, List.of("text"),
          ConnectionSettingEvent.NAME, List.of("name", "value"),
          LibraryHeapEvent.NAME, List.of("library"),
          SegmentEvent.NAME, List.of("kind", "id"),
          SharedFailureEvent.NAME, List.of("source", "text"),
          NoteEvent.NAME, List.of("text"));

  private Complete() {}

  static boolean isComplete(RecordedEvent event) {
    String name = event.getEventType().getName();
    for (String field : TEXTS.getOrDefault(name, List.of())) {
      if (event.getString(field) == null) {
        return false;
      }
    }
    return !name.equals(BorrowedEvent.NAME)
        || Moments.plausible(Instant.ofEpochMilli(event.getLong("sinceMillis"))) != null;
  }
}
