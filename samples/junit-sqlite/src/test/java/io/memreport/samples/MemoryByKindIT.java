// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.testing.Command;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of memory against a program that takes a known amount of it. */
class MemoryByKindIT {
  private static final long MEGABYTE = 1 << 20;

  /** What the JVM needs of a kind while the program runs. */
  private static final long BESIDE = 24 * MEGABYTE;

  /** Of what the JVM commits for classes, a part is never touched. */
  private static final int NOT_TOUCHED = 5;

  /** What the compiler and the like take between two samples, more on a busy machine. */
  private static final long JVM_OWN = 4 << 20;

  private static final double EXPLAINED = 0.95;

  /**
   * Where the kernel joins an arena of malloc with a mapping of the JVM, no address tells them
   * apart.
   */
  private static final double EXPLAINED_OF_ARENAS = 0.85;

  static Stream<Arguments> kinds() throws IOException {
    List<Path> homes = PostMortemIT.javaHomes().toList();
    return Stream.of(
            // A collector keeps room beside what is held; frames of the interpreter, which a busy
            // machine stays in for longer, are larger than the compiler's.
            Arguments.of("java-heap", 160, "javaHeapBytes", 160 * MEGABYTE),
            Arguments.of("threads", 160, "threadStackBytes", 320 * MEGABYTE),
            Arguments.of("direct", 160, "directBufferBytes", BESIDE),
            Arguments.of("sqlite", 160, "sqliteBytes", BESIDE),
            Arguments.of("mapped-file", 160, "mappedFileBytes", BESIDE),
            Arguments.of("shared", 48, "sharedBytes", BESIDE),
            Arguments.of("metaspace", 64, "metaspaceBytes", BESIDE))
        .flatMap(
            kind ->
                homes.stream()
                    .map(
                        home ->
                            Arguments.of(
                                home, kind.get()[0], kind.get()[1], kind.get()[2], kind.get()[3])));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void what_was_taken_is_found_and_the_growth_has_names(
      Path javaHome, String kind, int megabytes, String field, long beside, @TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(
        Files.isReadable(Path.of("/proc/self/smaps")), "only /proc/PID/smaps tells kinds");
    long taken = run(javaHome, kind, megabytes, folder.resolve("runs"));
    JsonNode samples = analyze(folder).at("/timeline/samples");
    JsonNode first = samples.get(0);
    JsonNode last = samples.get(samples.size() - 1);
    assertThat(growth(first, last, field))
        .as(field)
        .isBetween(taken - taken / NOT_TOUCHED, taken + beside);
    double growth = growth(first, last, "rssBytes");
    double explained = kind.equals("sqlite") ? EXPLAINED_OF_ARENAS : EXPLAINED;
    assertThat(growth(first, last, "otherBytes"))
        .isLessThan(JVM_OWN + Math.round((1 - explained) * growth));
  }

  private static long growth(JsonNode first, JsonNode last, String field) {
    assertThat(last.get(field).isNumber()).as(field).isTrue();
    return last.get(field).asLong() - first.get(field).asLong(0);
  }

  private static long run(Path javaHome, String kind, int megabytes, Path runs) throws Exception {
    Process process =
        new ProcessBuilder(
                javaHome.resolve("bin/java").toString(),
                "-javaagent:" + System.getProperty("memreport.agent.jar") + "=out=" + runs,
                "-Xmx400m",
                "-XX:MaxDirectMemorySize=400m",
                "-cp",
                System.getProperty("memreport.sample.jar")
                    + File.pathSeparator
                    + Path.of("target/test-classes"),
                GrowthProgram.class.getName(),
                kind,
                Integer.toString(megabytes))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      assertThat(line).startsWith("taken ");
      assertThat(process.waitFor()).isZero();
      return Long.parseLong(line.substring("taken ".length()));
    }
  }

  private static JsonNode analyze(Path folder) throws Exception {
    return new ObjectMapper()
        .readTree(Command.analyze(folder.resolve("runs"), folder.resolve("report")));
  }
}
