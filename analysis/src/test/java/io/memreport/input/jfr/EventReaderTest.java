// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.memory.LibraryHeapEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReaderTest {
  @TempDir private Path folder;

  /** What an agent writes that knows fewer fields, and one of its own. */
  @Name("memreport.test.Older")
  public static class Older extends MemreportEvent {
    public long held;
    public String more;
  }

  /** The same as this version knows it. */
  public static class Newer extends MemreportEvent {
    public long held = UNKNOWN;
    public long peak = UNKNOWN;
    public boolean sqlite;
    public String library;
  }

  @Test
  void fields_come_back_as_they_were_committed() throws IOException {
    LibraryHeapEvent library = new LibraryHeapEvent();
    library.library = "libsqlitejdbc.so";
    library.sqlite = true;
    library.held = 42;
    LibraryHeapEvent read =
        EventReader.of(LibraryHeapEvent.class).read(recorded(LibraryHeapEvent.NAME, library));
    assertThat(read.library).isEqualTo("libsqlitejdbc.so");
    assertThat(read.sqlite).isTrue();
    assertThat(read.held).isEqualTo(42);
    assertThat(read.peak).isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(read.unavailable).isNull();
  }

  @Test
  void counts_are_read_too() throws IOException {
    TestEvent test = new TestEvent();
    test.threadCount = 3;
    test.heapAllocated = 7;
    TestEvent read = EventReader.of(TestEvent.class).read(recorded(TestEvent.NAME, test));
    assertThat(read.threadCount).isEqualTo(3);
    assertThat(read.heapAllocated).isEqualTo(7);
  }

  @Test
  void a_field_that_the_recording_lacks_keeps_its_value() throws IOException {
    Older older = new Older();
    older.held = 5;
    Newer read = EventReader.of(Newer.class).read(recorded("memreport.test.Older", older));
    assertThat(read.held).isEqualTo(5);
    assertThat(read.peak).isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(read.library).isNull();
  }

  private RecordedEvent recorded(String name, MemreportEvent event) throws IOException {
    Path file = folder.resolve("one.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      event.commit();
      recording.dump(file);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(found -> found.getEventType().getName().equals(name))
            .toList();
    assertThat(events).hasSize(1);
    return events.get(0);
  }
}
