// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.agent.WatchedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of every kind get their own row with the bytes that {@link PlatformProgram} gave them. */
class PlatformTestsIT {
  /**
   * What JUnit itself allocates around a test; the first test also loads its classes, and G1 rounds
   * large arrays.
   */
  private static final long BY_JUNIT = PlatformProgram.CHUNK / 4 * 3;

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void each_test_has_its_bytes(Path javaHome, @TempDir Path out) throws Exception {
    check(WatchedJvm.run(javaHome, out, ",leaks=gc", PlatformProgram.class).succeeded());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.3.2", "1.9.3", "1.13.4"})
  void each_test_has_its_bytes_on_older_platforms(String version, @TempDir Path out)
      throws Exception {
    String platform = "junit-platform-console-standalone-" + version + ".jar";
    check(WatchedJvm.runWith(platform, out, ",leaks=gc", PlatformProgram.class).succeeded());
  }

  private static void check(WatchedJvm jvm) throws IOException {
    Map<Long, RecordedEvent> ends =
        named(jvm, "memreport.Test").stream()
            .collect(Collectors.toMap(event -> event.getLong("testId"), Function.identity()));
    Map<String, RecordedEvent> tests =
        named(jvm, "memreport.TestStart").stream()
            .filter(event -> ends.containsKey(event.getLong("testId")))
            .collect(
                Collectors.toMap(
                    event -> event.getString("displayName"),
                    event -> ends.get(event.getLong("testId"))));
    assertThat(tests.keySet())
        .containsExactlyInAnyOrder(
            "PlatformProgram$Suite",
            "Inner",
            "plain()",
            "keeps()",
            "fails()",
            "disabled()",
            "[1] " + parameter(tests, 1),
            "[2] " + parameter(tests, 5),
            "repetition 1 of 2",
            "repetition 2 of 2",
            "dynamic 6",
            "dynamic 7",
            "nested()");
    // The constructor's and the set-up's chunk belong to each test; a dynamic one has neither.
    assertChunks(tests, "plain()", 4);
    assertChunks(tests, "keeps()", 6);
    assertChunks(tests, "[1] " + parameter(tests, 1), 3);
    assertChunks(tests, "[2] " + parameter(tests, 5), 7);
    assertChunks(tests, "repetition 2 of 2", 2);
    assertChunks(tests, "dynamic 6", 6);
    assertChunks(tests, "dynamic 7", 7);
    assertChunks(tests, "nested()", 10);
    assertStatus(tests, "plain()", "passed");
    assertStatus(tests, "fails()", "failed");
    assertStatus(tests, "disabled()", "skipped");
    assertRetained(tests, "keeps()", 4);
    assertRetained(tests, "plain()", 0);
    assertRetained(tests, "nested()", 0);
    assertRetained(tests, "PlatformProgram$Suite", 3);
  }

  private static String parameter(Map<String, RecordedEvent> tests, int value) {
    return tests.containsKey("[1] chunks = 1") ? "chunks = " + value : String.valueOf(value);
  }

  private static void assertChunks(Map<String, RecordedEvent> tests, String name, long chunks) {
    assertThat(tests.get(name).getLong("heapAllocated"))
        .as(name)
        .isBetween(chunks * PlatformProgram.CHUNK, chunks * PlatformProgram.CHUNK + BY_JUNIT);
  }

  private static void assertRetained(Map<String, RecordedEvent> tests, String name, long chunks) {
    long retained = tests.get(name).getLong("heapRetained");
    assertThat(retained)
        .as(name)
        .isBetween(
            chunks * PlatformProgram.CHUNK - BY_JUNIT, chunks * PlatformProgram.CHUNK + BY_JUNIT);
  }

  private static void assertStatus(Map<String, RecordedEvent> tests, String name, String status) {
    assertThat(tests.get(name).getString("status")).as(name).isEqualTo(status);
  }

  private static List<RecordedEvent> named(WatchedJvm jvm, String name) throws IOException {
    return jvm.events().stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .toList();
  }
}
