// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import foreign.HeapProgram;
import foreign.LargeHeapProgram;
import foreign.MadeThreadsProgram;
import io.memreport.agent.WatchedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link HeapProgram} leaves in the Java heap is known by test, line and class. */
class HeapSamplingIT {
  private static final double MIB = HeapProgram.MIB;

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void what_tests_left_is_told_and_nothing_else(Path javaHome, @TempDir Path out) throws Exception {
    // Arrays of a MiB are seen for certain then, so that their sum is exact.
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, ",heap-sample=32k", HeapProgram.class);
    List<RecordedEvent> rows = lastSnapshot(jvm.succeeded());
    Map<String, Double> byTest = new HashMap<>();
    for (RecordedEvent row : rows) {
      assertThat(row.getLong("proven")).isEqualTo(row.getLong("samples"));
      byTest.merge(name(jvm, row.getLong("testId")), (double) row.getLong("bytes"), Double::sum);
    }
    assertThat(byTest).doesNotContainKeys("innocent()", "gives_back()");
    assertThat(byTest.get("keeps_arrays()")).isCloseTo(48 * MIB, within(MIB / 2));
    assertThat(byTest.get("keeps_in_a_pool()")).isCloseTo(24 * MIB, within(MIB / 2));
    // 200,000 arrays of 128 bytes are 24.4 MiB, some 780 samples: five deviations of 3.6 percent.
    assertThat(byTest.get("keeps_small_ones()")).isCloseTo(24.4 * MIB, within(4.5 * MIB));
    assertThat(rows)
        .filteredOn(row -> row.getString("className").equals("int[]"))
        .extracting(row -> row.getString("site").split("\n")[1])
        .allMatch(
            line -> line.matches(".*HeapProgram\\$Suite\\.keep\\(HeapProgram\\.java:\\d+\\)"));
  }

  /** By who made it, not by who happens to run when it does. */
  @ParameterizedTest
  @MethodSource("javaHomes")
  void what_a_thread_takes_is_of_whoever_made_it(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, ",heap-sample=32k", MadeThreadsProgram.class);
    int kinds = javaHome.toString().contains("25") ? 2 : 1;
    Map<String, Double> byTest = new HashMap<>();
    for (RecordedEvent row : lastSnapshot(jvm.succeeded())) {
      if (row.getString("className").equals("int[]")) {
        byTest.merge(name(jvm, row.getLong("testId")), row.getLong("bytes") / MIB, Double::sum);
      }
    }
    assertThat(byTest)
        .containsOnlyKeys("MadeThreadsProgram$Suite", "none", "asks_a_server_of_the_fixture()");
    assertThat(byTest.get("MadeThreadsProgram$Suite")).isCloseTo(20.0 * kinds, within(0.5));
    assertThat(byTest.get("none")).as("its test is over").isCloseTo(30.0 * kinds, within(0.5));
    assertThat(byTest.get("asks_a_server_of_the_fixture()")).isCloseTo(10.0, within(0.5));
  }

  /** With 16k the table is full at last, with 32k enough samples were taken of 16k. */
  @ParameterizedTest
  @ValueSource(strings = {"16k", "32k"})
  void a_long_run_is_sampled_less_and_stays_right(String every, @TempDir Path out)
      throws Exception {
    List<RecordedEvent> rows =
        lastSnapshot(
            WatchedJvm.run(
                    Path.of(System.getProperty("java.home")),
                    out,
                    ",heap-sample=" + every,
                    LargeHeapProgram.class)
                .succeeded());
    List<RecordedEvent> kept =
        rows.stream()
            .filter(
                row -> row.getString("site").startsWith("\n" + LargeHeapProgram.class.getName()))
            .filter(row -> row.getString("className").equals("byte[]"))
            .toList();
    assertThat(kept).extracting(row -> row.getLong("interval")).containsOnly(32L << 10);
    double all = (double) LargeHeapProgram.COUNT * LargeHeapProgram.BYTES;
    // Some 9,400 samples: five deviations are five percent.
    assertThat(kept.stream().mapToLong(row -> row.getLong("bytes")).sum())
        .isCloseTo((long) all, within((long) (all / 20)));
    assertThat(kept).extracting(row -> row.getLong("testId")).containsOnly(0L);
  }

  /**
   * And what malloc keeps is told right before its first test: else what the JVM gave back since it
   * started would be taken off what tests took.
   */
  @Test
  void a_short_run_is_sampled_finer_than_was_asked_for(@TempDir Path out) throws Exception {
    Path javaHome = Path.of(System.getProperty("java.home"));
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, "", HeapProgram.class).succeeded();
    assertThat(lastSnapshot(jvm))
        .isNotEmpty()
        .extracting(row -> row.getLong("interval"))
        .containsOnly((512L << 10) / 16);
    List<String> onMain =
        jvm.events().stream()
            .filter(event -> event.getThread() != null)
            .filter(event -> "main".equals(event.getThread().getJavaName()))
            .map(event -> event.getEventType().getName())
            .filter(List.of("memreport.ProcessMemory", "memreport.TestStart")::contains)
            .toList();
    assertThat(onMain).startsWith("memreport.ProcessMemory", "memreport.TestStart");
    assertThat(onMain).filteredOn("memreport.ProcessMemory"::equals).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void histograms_tell_by_class_what_each_test_left(Path javaHome, @TempDir Path out)
      throws Exception {
    WatchedJvm jvm = WatchedJvm.run(javaHome, out, ",leaks=exact", HeapProgram.class).succeeded();
    Map<String, Long> left = new HashMap<>();
    for (RecordedEvent row : jvm.events()) {
      if (row.getEventType().getName().equals("memreport.ClassRetained")) {
        String test = name(jvm, row.getLong("testId"));
        left.put(test + " " + row.getString("className"), row.getLong("bytes"));
      }
    }
    assertThat(left.keySet()).noneMatch(row -> row.startsWith("innocent()"));
    assertThat(left).doesNotContainKeys("gives_back() byte[]", "keeps_arrays() byte[]");
    assertThat(left.get("keeps_arrays() int[]")).isCloseTo(48L << 20, withinPercentage(0.5));
    assertThat(left.get("keeps_in_a_pool() int[]")).isCloseTo(24L << 20, withinPercentage(0.5));
    assertThat(left.get("keeps_small_ones() long[]"))
        .isCloseTo(200_000L * (14 * 8 + 16), withinPercentage(0.5));
    for (RecordedEvent test : jvm.events()) {
      if (test.getEventType().getName().equals("memreport.Test")
          && name(jvm, test.getLong("testId")).equals("keeps_arrays()")) {
        assertThat(test.getLong("heapRetained")).isCloseTo(48L << 20, withinPercentage(2));
      }
    }
  }

  /** A histogram brings its own collection. */
  @Test
  void histograms_need_no_collection_that_can_be_asked_for(@TempDir Path out) throws Exception {
    String agent = "-javaagent:" + WatchedJvm.agentJar() + "=out=" + out + ",leaks=exact";
    WatchedJvm jvm =
        WatchedJvm.run(
                Path.of(System.getProperty("java.home")),
                out,
                List.of("-XX:+DisableExplicitGC", agent),
                HeapProgram.class)
            .succeeded();
    List<String> keepers = new ArrayList<>();
    for (RecordedEvent row : jvm.events()) {
      if (row.getEventType().getName().equals("memreport.ClassRetained")
          && row.getString("className").equals("int[]")) {
        keepers.add(name(jvm, row.getLong("testId")));
        assertThat(row.getLong("bytes")).isLessThan(49L << 20);
      }
    }
    assertThat(keepers).containsExactlyInAnyOrder("keeps_arrays()", "keeps_in_a_pool()");
  }

  private static String name(WatchedJvm jvm, long test) throws IOException {
    return jvm.events().stream()
        .filter(event -> event.getEventType().getName().equals("memreport.TestStart"))
        .filter(event -> event.getLong("testId") == test)
        .map(event -> event.getString("displayName"))
        .findFirst()
        .orElse("none");
  }

  private static List<RecordedEvent> lastSnapshot(WatchedJvm jvm) throws IOException {
    List<RecordedEvent> all =
        jvm.events().stream()
            .filter(event -> event.getEventType().getName().equals("memreport.HeapLive"))
            .filter(event -> event.getLong("samples") > 0)
            .toList();
    long last = all.stream().mapToLong(row -> row.getLong("snapshot")).max().orElseThrow();
    return all.stream().filter(row -> row.getLong("snapshot") == last).toList();
  }
}
