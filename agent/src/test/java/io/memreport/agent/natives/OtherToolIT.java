// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.natives;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.RunEvents;
import io.memreport.agent.WatchedJvm;
import io.memreport.recorder.event.MemreportEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import one.profiler.AsyncProfiler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside a profiler that changes the same relocation entries, whoever comes first. */
class OtherToolIT {
  private static final String SPAN = ",span=" + ProfiledProgram.class.getName();

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void what_was_counted_until_it_took_over_is_unknown_and_nobody_s_leak(
      Path javaHome, @TempDir Path out) throws Exception {
    RunEvents events = run(javaHome, out, SPAN + "#isProfiled*", "profiled", "stop", "fill");
    assertThat(events.named("memreport.Test"))
        .singleElement()
        .extracting(test -> test.getLong("nativeNet"))
        .isEqualTo(MemreportEvent.UNKNOWN);
    assertThat(last(events, "libsqlitejdbc.so").getString("unavailable"))
        .isEqualTo("its calls of malloc go to another tool");
    assertThat(events.named("memreport.Note").toString()).contains("Native SQLite heap is unknown");
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void who_comes_second_leaves_it_alone(Path javaHome, @TempDir Path out) throws Exception {
    RunEvents events = run(javaHome, out, "", "start", "fill", "stop", "fill");
    assertThat(last(events, "libsqlitejdbc.so").getString("unavailable"))
        .isEqualTo("its calls of malloc go to another tool");
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void the_tool_does_not_get_the_memory_of_those_that_it_stands_before(
      Path javaHome, @TempDir Path out) throws Exception {
    RunEvents events =
        run(
            javaHome,
            out,
            ",native=all" + SPAN + "#isProfiled*",
            "version",
            "profiled",
            "fill",
            "wait",
            "stop");
    assertThat(last(events, "libasyncProfiler.so").getString("unavailable")).isNotNull();
  }

  /**
   * It writes to tables of libjvm when the JVM ends, on pages that it made writable at the start.
   */
  @ParameterizedTest
  @MethodSource("javaHomes")
  void a_tool_that_stops_with_the_jvm_finds_its_pages_as_it_left_them(
      Path javaHome, @TempDir Path folder) throws Exception {
    Path library = folder.resolve("libasyncProfiler.so");
    String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    try (InputStream in =
        AsyncProfiler.class.getResourceAsStream("/linux-" + machine + "/libasyncProfiler.so")) {
      Files.copy(in, library);
    }
    String tool = "-agentpath:" + library + "=start,event=itimer,collapsed,file=" + folder + "/p";
    String agent = "-javaagent:" + WatchedJvm.agentJar() + "=out=" + folder.resolve("out");
    WatchedJvm jvm =
        WatchedJvm.run(
            javaHome,
            folder.resolve("out"),
            List.of(tool, agent, "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder + "/err"),
            ProfiledProgram.class,
            "fill");
    assertThat(jvm.succeeded().stdout()).contains("ended well");
  }

  private static RunEvents run(Path javaHome, Path out, String options, String... steps)
      throws IOException, InterruptedException {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, options, ProfiledProgram.class, steps);
    assertThat(jvm.succeeded().stdout()).contains("ended well");
    return new RunEvents(jvm.events());
  }

  private static RecordedEvent last(RunEvents events, String library) {
    return events
        .where("memreport.LibraryHeap", event -> event.getString("library").equals(library))
        .stream()
        .max(Comparator.comparing(RecordedEvent::getStartTime))
        .orElseThrow();
  }
}
