// SPDX-License-Identifier: Apache-2.0
package io.memreport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.memreport.cli.Commands;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Any input ends in a report or in a line that names it. By default some rounds of a fixed seed;
 * {@code ./mvnw -Pfuzz -pl report-cli -am test} goes on for ten minutes with a seed of its own.
 * What it finds is kept under {@code target/fuzz}, and belongs into {@code cases} beside this
 * class.
 */
@Execution(ExecutionMode.CONCURRENT)
class FuzzTest {
  private static final long SECONDS = Long.getLong("memreport.fuzz.seconds", 0);
  private static final int ROUNDS = 60;

  /** An input that takes so long has no end: others take some hundredths of a second. */
  private static final Duration ENDLESS = Duration.ofMinutes(2);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void every_input_ends_in_a_report_or_a_line(Target target) throws IOException {
    long seed = SECONDS == 0 ? 20_260_114 : System.nanoTime();
    long end = System.nanoTime() + SECONDS * 1_000_000_000 / Target.values().length;
    byte[] good = target.seed(folder, new Random(seed));
    for (int round = 0; round < ROUNDS || System.nanoTime() < end && SECONDS > 0; round++) {
      Random random = new Random(seed + round);
      check(target, target.mutated(folder, good, random), "seed " + (seed + round));
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_was_found_before_stays_mended(Target target) throws Exception {
    for (Path found : cases(target)) {
      check(target, Files.readAllBytes(found), found.getFileName().toString());
    }
  }

  private static List<Path> cases(Target target) throws IOException, URISyntaxException {
    var cases = FuzzTest.class.getResource("cases/" + target.name());
    if (cases == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(Path.of(cases.toURI()))) {
      return files.sorted().toList();
    }
  }

  private void check(Target target, byte[] input, String what) throws IOException {
    Path run = folder.resolve("run");
    Path file = run.resolve(target.file);
    Files.createDirectories(file.getParent());
    Files.write(file, input);
    Path given = target.command.equals("oom") ? file : run;
    try {
      Commands.Ended ended =
          assertTimeoutPreemptively(
              ENDLESS, () -> Commands.run(target.command, given, folder.resolve("report")));
      assertThat(ended.status()).as(ended.err()).isIn(0, target.command.equals("oom") ? 1 : 3, 3);
      assertThat(ended.err().lines()).allMatch(line -> line.startsWith("memreport: "));
      assertThat(ended.err() + ended.out()).doesNotContain("\u001b", "\u202E");
    } catch (Throwable e) {
      Path kept = Files.createDirectories(Path.of("target/fuzz", target.name()));
      Files.write(kept.resolve(what.replace(' ', '-')), input);
      throw new AssertionError(target + ", " + what + ", kept in " + kept, e);
    } finally {
      Files.delete(file);
    }
  }
}
