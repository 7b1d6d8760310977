// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.natives;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllLibrariesIT {
  /** A context of this level needs tens of MB for its tables. */
  private static final long TABLES = 10 << 20;

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void each_library_has_its_heap(Path javaHome, @TempDir Path out) throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, ",native=all", ZstdProgram.class).succeeded();
    RecordedEvent zstd =
        new RunEvents(jvm.events())
                .where(
                    "memreport.LibraryHeap",
                    library -> library.getString("library").startsWith("libzstd-jni"))
                .stream()
                .reduce(
                    (first, second) ->
                        second.getStartTime().isAfter(first.getStartTime()) ? second : first)
                .orElseThrow();
    assertThat(zstd.getString("unavailable")).isNull();
    assertThat(zstd.getBoolean("sqlite")).isFalse();
    assertThat(zstd.getLong("held")).isGreaterThan(TABLES);
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void other_libraries_are_left_alone_by_default(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, "", ZstdProgram.class).succeeded();
    assertThat(new RunEvents(jvm.events()).named("memreport.LibraryHeap")).isEmpty();
  }
}
