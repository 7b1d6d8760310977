// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memreport.recorder.event.NoteEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRecordingTest {
  @TempDir Path folder;

  @Test
  void holds_what_is_kept_of_each_chunk_and_is_private() throws IOException {
    Path file = folder.resolve("recording.jfr");
    List<Path> chunks = List.of(chunk("one"), chunk("two"));
    KeptRecording.write(chunks, NoteEvent.NAME::equals, file);
    assertThat(RecordingFile.readAllEvents(file))
        .extracting(event -> event.getString("text"))
        .containsExactly("one", "two");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_chunk_that_cannot_be_read_leaves_no_half_of_a_recording() throws IOException {
    Path file = folder.resolve("recording.jfr");
    List<Path> chunks =
        List.of(chunk("one"), Files.writeString(folder.resolve("2.jfr"), "no chunk"));
    assertThatThrownBy(() -> KeptRecording.write(chunks, NoteEvent.NAME::equals, file))
        .isInstanceOf(IOException.class);
    assertThat(file).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  private Path chunk(String note) throws IOException {
    Path file = folder.resolve(note + ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(NoteEvent.class);
      recording.start();
      NoteEvent event = new NoteEvent();
      event.text = note;
      event.commit();
      recording.stop();
      recording.dump(file);
    }
    return file;
  }
}
