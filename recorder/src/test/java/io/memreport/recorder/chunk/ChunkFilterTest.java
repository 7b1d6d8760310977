// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkFilterTest {
  private static final String POOLED = "x".repeat(60);
  private static final String LONG = "y".repeat(300);

  @Name("test.Kept")
  static class Kept extends Event {
    byte small;
    boolean flag;
    char letter;
    short number;
    int count;
    long bytes;
    float share;
    double ratio;
    String text;
    String more;
    Thread thread;
    Class<?> type;
  }

  @Name("test.Foreign")
  static class Foreign extends Event {
    String text;
    Class<?> type;
  }

  /** Only a foreign event names this class. */
  static class NamedByForeign {}

  @TempDir Path folder;

  @Test
  void keeps_events_as_they_were_and_drops_others() throws Exception {
    Path whole = record(2);
    Path filtered = filter(whole);
    List<String> kept = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(whole)) {
      if (isKept(event.getEventType().getName())) {
        kept.add(event.toString());
      }
    }
    assertThat(kept).hasSizeGreaterThan(10);
    assertThat(RecordingFile.readAllEvents(filtered))
        .extracting(RecordedEvent::toString)
        .isEqualTo(kept);
  }

  @Test
  void drops_what_only_foreign_events_refer_to() throws Exception {
    Path whole = record(1);
    assertThat(text(whole)).contains("secret-short", "secret-" + POOLED, "secret-" + LONG);
    assertThat(text(whole)).contains("NamedByForeign", "shared-" + POOLED);
    // The metadata names the types of this test; its events name this one.
    assertThat(text(filter(whole)))
        .doesNotContain("secret-", "NamedByForeign")
        .contains("shared-" + POOLED, "kept-" + POOLED, "kept-" + LONG);
  }

  @Test
  void completes_a_chunk_that_is_still_written() throws Exception {
    Path whole = record(1);
    byte[] bytes = Files.readAllBytes(whole);
    bytes[ChunkHeader.STATE_AT] = 7;
    Files.write(whole, bytes);
    assertThat(RecordingFile.readAllEvents(filter(whole))).isNotEmpty();
  }

  @Test
  void none_kept_is_a_recording_without_events() throws Exception {
    Path filtered = folder.resolve("none.jfr");
    filter(record(1), filtered, new ChunkFilter(name -> false));
    assertThat(RecordingFile.readAllEvents(filtered)).isEmpty();
    assertThat(text(filtered)).doesNotContain("shared-");
  }

  @Test
  void refuses_what_is_no_chunk_or_cut_off() throws Exception {
    byte[] bytes = Files.readAllBytes(record(1));
    ChunkHeader header = ChunkHeader.read(ByteBuffer.wrap(bytes), 0);
    Path cut = Files.write(folder.resolve("cut.jfr"), Arrays.copyOf(bytes, 5000));
    assertThatThrownBy(() -> filterAs(header, cut)).isInstanceOf(IOException.class);
    bytes[0] = 'X';
    Path other = Files.write(folder.resolve("other.jfr"), bytes);
    assertThatThrownBy(() -> filterAs(header, other)).isInstanceOf(IOException.class);
    bytes[0] = 'F';
    bytes[ChunkHeader.LENGTH - 1] = 0;
    Path uncompressed = Files.write(folder.resolve("uncompressed.jfr"), bytes);
    assertThatThrownBy(() -> filterAs(header, uncompressed)).isInstanceOf(IOException.class);
  }

  @Test
  void damage_is_an_exception_that_says_so_or_costs_values() throws Exception {
    byte[] bytes = Files.readAllBytes(record(1));
    ChunkHeader header = ChunkHeader.read(ByteBuffer.wrap(bytes), 0);
    Random random = new Random(1);
    int refused = 0;
    for (int round = 0; round < 200; round++) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i < 20; i++) {
        int at = ChunkHeader.LENGTH + random.nextInt(bytes.length - ChunkHeader.LENGTH);
        damaged[at] = (byte) random.nextInt();
      }
      try {
        filterAs(header, Files.write(folder.resolve("damaged.jfr"), damaged));
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private static boolean isKept(String name) {
    return name.equals("test.Kept") || name.equals("jdk.ThreadStart");
  }

  private Path filter(Path whole) throws IOException {
    Path filtered = folder.resolve("filtered.jfr");
    filter(whole, filtered, new ChunkFilter(ChunkFilterTest::isKept));
    return filtered;
  }

  private static void filter(Path whole, Path filtered, ChunkFilter filter) throws IOException {
    try (FileChannel in = FileChannel.open(whole);
        FileChannel out =
            FileChannel.open(filtered, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = 0; at < in.size(); ) {
        ByteBuffer bytes = ByteBuffer.allocate(ChunkHeader.LENGTH);
        in.read(bytes, at);
        ChunkHeader header = ChunkHeader.read(bytes.flip(), 0);
        filter.copy(in, at, header, out);
        at += header.size();
      }
    }
  }

  private void filterAs(ChunkHeader header, Path whole) throws IOException {
    try (FileChannel in = FileChannel.open(whole);
        FileChannel out =
            FileChannel.open(
                folder.resolve("copy.jfr"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      new ChunkFilter(ChunkFilterTest::isKept).copy(in, 0, header, out);
    }
  }

  /** So many chunks, each with both kinds of events in turn. */
  private Path record(int chunks) throws Exception {
    Path file = folder.resolve("whole.jfr");
    try (Recording recording = new Recording(Configuration.getConfiguration("default"))) {
      recording.enable("jdk.ThreadStart");
      recording.start();
      for (int chunk = 0; chunk < chunks; chunk++) {
        if (chunk > 0) {
          // Another recording's start ends a chunk.
          try (Recording other = new Recording()) {
            other.start();
          }
        }
        Thread thread = new Thread(ChunkFilterTest::commit, "thread-" + chunk);
        thread.start();
        thread.join();
      }
      recording.dump(file);
    }
    return file;
  }

  private static void commit() {
    for (int i = 0; i < 10; i++) {
      Kept kept = new Kept();
      kept.small = (byte) -i;
      kept.flag = i % 2 == 0;
      kept.letter = (char) ('я' + i);
      kept.number = (short) (-1000 * i);
      kept.count = -i;
      kept.bytes = Long.MIN_VALUE + i;
      kept.share = i / 3f;
      kept.ratio = i / 3.0;
      kept.text = i == 0 ? null : i == 1 ? "" : "kept-" + (i % 2 == 0 ? POOLED : LONG);
      kept.more = "shared-" + POOLED;
      kept.thread = Thread.currentThread();
      kept.type = String.class;
      kept.commit();
      Foreign foreign = new Foreign();
      foreign.text = "secret-" + (i % 3 == 0 ? "short" : i % 3 == 1 ? POOLED : LONG);
      foreign.type = NamedByForeign.class;
      foreign.commit();
    }
    Foreign foreign = new Foreign();
    foreign.text = "shared-" + POOLED;
    foreign.commit();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
