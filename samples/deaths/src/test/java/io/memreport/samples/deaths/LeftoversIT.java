// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tests of one JVM leave behind, one kind each, and who is named for it. */
class LeftoversIT {
  private static JsonNode report;

  @BeforeAll
  static void leave() throws Exception {
    report =
        run(
            "LEFTOVERS",
            "leaks=gc,",
            "PriceTest",
            "LeftoversTest",
            "ForgetfulTest",
            "RecoveringTest");
  }

  private static JsonNode run(String name, String options, String... tests) throws Exception {
    return run(name, options, List.of(), tests);
  }

  private static JsonNode run(String name, String options, List<String> jvmOptions, String... tests)
      throws Exception {
    Path folder = DeadRun.emptyFolder(name);
    Path console = folder.resolve("console.txt");
    Path frames = Files.createTempFile(Path.of("/dev/shm"), "memreport-leftovers", null);
    Files.delete(frames);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add(
        "-javaagent:"
            + System.getProperty("memreport.agent.jar")
            + "="
            + options
            + "out="
            + folder.resolve("runs"));
    command.addAll(List.of("-Xmx128m", "-Djava.io.tmpdir=" + folder.resolve("tmp")));
    command.add("-Ddeaths.frames=" + frames);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "deaths.SuiteMain"));
    command.addAll(List.of(tests));
    try {
      Process jvm =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(console.toFile())
              .start();
      assertThat(jvm.waitFor()).as(Files.readString(console)).isZero();
    } finally {
      Files.deleteIfExists(frames);
    }
    return PostMortem.of(new DeadRun(folder.resolve("runs"), console, console, List.of(0), "none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          shm.files-left                  | LeftoversTest.c_writes_frames_to_memory() left a file of 20.0 MiB
          native.memory-retained          | LeftoversTest.d_changes_a_private_mapping() left
          sqlite.transaction-left-open    | LeftoversTest.e_forgets_to_commit() left a write transaction open
          sqlite.result-keeps-memory      | LeftoversTest.f_leaves_a_ranking_open() left a result open
          java.heap-retained-together     | ForgetfulTest left
          """)
  void whoever_left_it_is_named(String id, String title) {
    assertThat(titles(id)).singleElement().asString().startsWith(title);
  }

  @Test
  void large_arrays_count_as_much_as_they_have() {
    assertThat(bytes("LeftoversTest.b_keeps_pictures() left"))
        .isCloseTo(4L << 20, Percentage.withPercentage(1.5));
  }

  @Test
  void innocents_are_not() {
    assertThat(report.get("findings").toString())
        .doesNotContain("a_reads_prices")
        .doesNotContain("b_caches_thumbnails")
        .doesNotContain("b_indexes_orders")
        .doesNotContain("g_waits")
        .doesNotContain("h_lets_scans")
        .doesNotContain("PriceTest");
  }

  /** What the JDK keeps for a channel, 20 MiB, may be of each: so much less is told of others. */
  @Test
  void without_leaks_gc_the_end_of_the_run_tells_whose_buffers_are_in_use() throws Exception {
    JsonNode kept = run("KEPT", "", "KeepingTest");
    assertThat(kept.at("/verdict/cause").asText()).isEqualTo("direct-buffers");
    assertThat(kept.at("/verdict/culprits").size()).isOne();
    assertThat(kept.at("/verdict/culprits/0/name").asText())
        .isEqualTo("KeepingTest.b_keeps_what_it_received()");
    assertThat(kept.at("/verdict/culprits/0/bytes").asLong())
        .isCloseTo(28L << 20, Percentage.withPercentage(3));
    assertThat(kept.get("findings").toString())
        .doesNotContain("a_caches_softly")
        .doesNotContain("c_writes_an_array");
  }

  /** And whose native memory, files, class loaders and mappings. */
  @Test
  void without_leaks_gc_the_end_of_the_run_tells_what_else_is_in_use() throws Exception {
    JsonNode hoarded = run("HOARDED", "", "HoardingTest");
    assertThat(hoarded.get("findings").findValuesAsText("title"))
        .hasSize(4)
        .anyMatch(title -> title.startsWith("HoardingTest.a_keeps_native_memory() left"))
        .anyMatch(title -> title.matches("HoardingTest.b_keeps_its_files.. left 15. files.*"))
        .anyMatch(title -> title.startsWith("HoardingTest.c_keeps_its_plugins() left"))
        .contains("HoardingTest.d_keeps_its_ring() left 40.0 MiB of mapped shared memory behind");
  }

  @Test
  void what_is_given_back_or_forgotten_is_nobodys_leak() throws Exception {
    JsonNode spared = run("SPARED", "", "SparingTest");
    assertThat(spared.at("/verdict/kind").asText()).isEqualTo("clean");
    assertThat(spared.get("findings")).isEmpty();
  }

  /** Not of the one that mapped to read what another process wrote meanwhile. */
  @Test
  void a_file_on_tmpfs_is_of_the_test_that_mapped_and_filled_it(@TempDir Path exports)
      throws Exception {
    if (command("mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", exports.toString()) != 0) {
      throw Skip.because("needs the right to mount a file system in memory");
    }
    try {
      JsonNode exported =
          run("EXPORTED", "", List.of("-Ddeaths.exports=" + exports), "ExportingTest");
      assertThat(exported.get("findings").findValuesAsText("title"))
          .contains("ExportingTest.b_fills_an_export() left 20.0 MiB of files on tmpfs behind")
          .noneMatch(title -> title.contains("a_reads_prices"));
    } finally {
      command("umount", exports.toString());
    }
  }

  private static int command(String... words) throws Exception {
    return new ProcessBuilder(words).inheritIO().start().waitFor();
  }

  @Test
  void an_error_of_another_thread_is_known_without_the_tests_exception() {
    JsonNode verdict = report.get("verdict");
    assertThat(verdict.get("kind").asText()).isEqualTo("java-oom");
    assertThat(verdict.get("cause").asText()).isEqualTo("java-heap");
    assertThat(verdict.get("confidence").asText()).isEqualTo("certain");
    assertThat(verdict.at("/culprits/0/name").asText())
        .isEqualTo("RecoveringTest.crawls_in_the_background()");
    assertThat(verdict.get("evidence").toString())
        .contains("An OutOfMemoryError was thrown: Java heap space");
  }

  private static long bytes(String title) {
    return StreamSupport.stream(report.get("findings").spliterator(), false)
        .filter(finding -> finding.get("title").asText().startsWith(title))
        .mapToLong(finding -> finding.get("bytes").asLong())
        .sum();
  }

  private static List<String> titles(String id) {
    return StreamSupport.stream(report.get("findings").spliterator(), false)
        .filter(finding -> finding.get("id").asText().equals(id))
        .map(finding -> finding.get("title").asText())
        .toList();
  }
}
