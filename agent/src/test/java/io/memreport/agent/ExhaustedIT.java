// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_AT;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_EXIT;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_FLAGS;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_ROOM;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_SIZE;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTED_TEXT;
import static io.memreport.recorder.box.BoxLayout.EXHAUSTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import foreign.ExhaustingProgram;
import io.memreport.recorder.box.BoxText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM whose Java heap is full, and one that ends itself for that. */
class ExhaustedIT {
  private static final String HEAP = "-Xmx64m";
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @MethodSource("io.memreport.agent.WatchedJvm#javaHomes")
  void what_had_filled_the_heap_is_told_although_it_is_let_go_of(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm = run(javaHome, out, HEAP);
    assertThat(jvm.stdout()).contains("lives on");
    assertThat(new RunEvents(jvm.succeeded().events()).named("memreport.HeapLive"))
        .filteredOn(row -> row.getBoolean("exhausted"))
        .anySatisfy(
            row -> {
              assertThat(row.getLong("bytes")).isBetween(32 * MIB, 80 * MIB);
              assertThat(row.getString("site")).contains("ExhaustingProgram.fill(");
            });
  }

  /** JDK 17 ends by exit(3), newer ones by _exit(2). */
  @ParameterizedTest
  @MethodSource("io.memreport.agent.WatchedJvm#javaHomes")
  void the_status_of_a_jvm_that_ends_itself_is_in_the_black_box(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm = run(javaHome, out, HEAP, "-XX:+ExitOnOutOfMemoryError");
    assertThat(jvm.exitCode()).isEqualTo(3);
    assertThat(statuses(out)).containsExactly("3");
  }

  private static WatchedJvm run(Path javaHome, Path out, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-javaagent:" + WatchedJvm.agentJar() + "=out=" + out);
    return WatchedJvm.run(javaHome, out, all, ExhaustingProgram.class);
  }

  private static List<String> statuses(Path out) throws Exception {
    try (Stream<Path> files = Files.walk(out)) {
      Path box = files.filter(file -> file.endsWith("flight.box")).findFirst().orElseThrow();
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(box)).order(ByteOrder.LITTLE_ENDIAN);
      List<String> statuses = new ArrayList<>();
      for (int slot = 0; slot < EXHAUSTIONS; slot++) {
        int at = EXHAUSTED_AT + slot * EXHAUSTED_SIZE;
        if (bytes.getLong(at + EXHAUSTED_FLAGS) == EXHAUSTED_EXIT) {
          statuses.add(BoxText.untilZero(bytes, at + EXHAUSTED_TEXT, EXHAUSTED_ROOM));
        }
      }
      return statuses;
    }
  }
}
