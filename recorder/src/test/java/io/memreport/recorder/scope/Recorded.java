// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.scope;

import io.memreport.recorder.sql.Dialect;
import io.memreport.recorder.sql.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What a piece of code left in a recording. */
public record Recorded(List<RecordedEvent> events) {

  /** Records while it works. */
  public static Recorded during(Runnable work) throws IOException {
    Path file = Files.createTempFile("memreport", ".jfr");
    try (Recording recording = new Recording()) {
      Emission.chunkBegan();
      recording.start();
      work.run();
      Emission.flush();
      recording.stop();
      recording.dump(file);
      // A chunk holds them in the order of buffers.
      return new Recorded(
          RecordingFile.readAllEvents(file).stream()
              .sorted(Comparator.comparing(RecordedEvent::getStartTime))
              .toList());
    } finally {
      Files.delete(file);
    }
  }

  /** The events of one type. */
  public List<RecordedEvent> named(String name) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  /** The total of a numeric field of all events about one SQL text. */
  long sum(String name, String sql, String field) {
    long id = new Fingerprint().read(sql, Dialect.SQLITE).hash();
    return named(name).stream()
        .filter(event -> event.getLong("sqlId") == id)
        .mapToLong(event -> event.getLong(field))
        .sum();
  }

  String text(long sqlId) {
    return named("memreport.SqlText").stream()
        .filter(event -> event.getLong("sqlId") == sqlId)
        .map(event -> event.getString("text"))
        .findFirst()
        .orElseThrow();
  }
}
