// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.box;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.box.BlackBox;
import io.memreport.recorder.box.BoxLayout;
import io.memreport.recorder.event.heap.HeapLiveEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest rows of the Java heap, as the recorder writes them and a kill may cut them. */
class BoxHeapTest {
  private static final int LAST = BoxLayout.HEAP_AT + BoxLayout.HEAP_SIZE;

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    BlackBox.stop();
  }

  @Test
  void the_last_turn_counts() throws IOException {
    write(3);
    BoxHeap heap = FlightBox.read(file()).heap();
    assertThat(heap.rows()).hasSize(2);
    HeapLiveEvent row = heap.rows().get(1);
    assertThat(row.testId).isEqualTo(7);
    assertThat(row.bytes).isEqualTo(3001);
    assertThat(row.deviation).isEqualTo(5);
    assertThat(row.samples).isEqualTo(4);
    assertThat(row.survivors).isEqualTo(3);
    assertThat(row.proven).isEqualTo(2);
    assertThat(row.interval).isEqualTo(512);
    assertThat(row.site).isEqualTo("\nshop.Cache.put(Cache.java:42)");
    assertThat(row.className).isEqualTo("byte[]");
  }

  @Test
  void of_a_turn_that_was_cut_the_one_before_counts() throws IOException {
    write(3);
    byte[] bytes = Files.readAllBytes(file());
    bytes[LAST + BoxLayout.HEAP_COUNT]++;
    Files.write(file(), bytes);
    assertThat(FlightBox.read(file()).heap().rows().get(0).bytes).isEqualTo(2000);
  }

  @Test
  void a_row_that_is_torn_is_left_out() throws IOException {
    write(3);
    byte[] bytes = Files.readAllBytes(file());
    bytes[LAST + BoxLayout.HEAP_ROW_SIZE + BoxLayout.HEAP_BYTES]++;
    Files.write(file(), bytes);
    assertThat(FlightBox.read(file()).heap().rows())
        .extracting(row -> row.bytes)
        .containsExactly(3001L);
  }

  @Test
  void a_box_of_before_there_were_any_has_none() throws IOException {
    write(3);
    Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), BoxLayout.HEAP_AT));
    assertThat(FlightBox.read(file()).heap()).isNull();
  }

  private void write(int turns) throws IOException {
    BlackBox box = WrittenBox.start(folder);
    for (int turn = 1; turn <= turns; turn++) {
      box.heap(new HeapLiveEvent[] {row(turn * 1000L), row(turn * 1000L + 1), row(0)}, 2);
    }
  }

  private static HeapLiveEvent row(long bytes) {
    HeapLiveEvent row = new HeapLiveEvent();
    row.testId = 7;
    row.bytes = bytes;
    row.deviation = 5;
    row.samples = 4;
    row.survivors = 3;
    row.proven = 2;
    row.interval = 512;
    row.site = "\nshop.Cache.put(Cache.java:42)";
    row.className = "byte[]";
    return row;
  }

  private Path file() {
    return folder.resolve(BoxLayout.FILE_NAME);
  }
}
