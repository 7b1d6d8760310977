// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.shared.SharedFailureEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputLinesTest {
  private static final String OUTPUT =
      "starting\n"
          + "[7] ERROR:  could not resize shared memory segment \"/PostgreSQL.1\" to 100 bytes: No"
          + " space left on device\n"
          + "CONTEXT:  parallel worker\n"
          + "STATEMENT:  select 'secret'\n"
          + "x".repeat(3 * OutputLines.MAX_LINE)
          + "\nshmget(key=1) failed\n"
          + "STATEMENT:  select 1, 2\n"
          + "STATEMENT:  select 3\n"
          + "ready\n";

  private static final String[] SAID = {
    "[7] ERROR:  could not resize shared memory segment \"/PostgreSQL.1\" to 100 bytes: No space"
        + " left on device",
    "STATEMENT:  select ?",
    "shmget(key=1) failed",
    "STATEMENT:  select ?, ?"
  };

  @TempDir private Path folder;

  @Test
  void lines_are_the_same_in_whatever_pieces_they_come() throws IOException {
    byte[] bytes = OUTPUT.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(20261126);
    for (int round = 0; round < 12; round++) {
      int most = 1 << round;
      assertThat(
              said(
                  () -> {
                    OutputLines lines = new OutputLines(0);
                    for (int at = 0; at < bytes.length; ) {
                      int count = Math.min(bytes.length - at, 1 + random.nextInt(most));
                      lines.add(bytes, at, count);
                      at += count;
                    }
                  }))
          .as("pieces of up to %s bytes", most)
          .containsExactly(SAID);
    }
  }

  @Test
  void a_line_whose_beginning_was_passed_over_says_nothing() throws IOException {
    assertThat(
            said(
                () -> {
                  OutputLines lines = new OutputLines(0);
                  add(lines, "could not open ");
                  lines.passOver();
                  add(lines, "shmget(key=1) failed\nshmget(key=2) failed\n");
                }))
        .containsExactly("shmget(key=2) failed");
  }

  @Test
  void what_was_passed_over_may_be_what_a_statement_belongs_to() throws IOException {
    assertThat(
            said(
                () -> {
                  OutputLines lines = new OutputLines(0);
                  add(lines, "shmget(key=1) failed\n");
                  lines.passOver();
                  add(lines, "\nSTATEMENT:  select 1\n");
                }))
        .containsExactly("shmget(key=1) failed");
  }

  private static void add(OutputLines lines, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    lines.add(bytes, 0, bytes.length);
  }

  private List<String> said(Runnable work) throws IOException {
    Path file = folder.resolve("said.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      work.run();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(SharedFailureEvent.NAME))
        .map(event -> event.getString("text"))
        .toList();
  }
}
