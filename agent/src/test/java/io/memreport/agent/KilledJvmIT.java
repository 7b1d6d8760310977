// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM that is killed at any time leaves its run folder, and no file elsewhere. */
class KilledJvmIT {
  @TempDir Path folder;

  static Stream<Path> javaHomes() throws IOException {
    return WatchedJvm.javaHomes();
  }

  /** Killed while a file is seen, or else when all that is copied has been. */
  @ParameterizedTest
  @MethodSource("javaHomes")
  void leaves_nothing_in_the_temporary_folder(Path javaHome) throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "needs Linux");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path stdout = folder.resolve("stdout.txt");
    Process process =
        new ProcessBuilder(
                javaHome.resolve("bin/java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-javaagent:" + WatchedJvm.agentJar() + "=out=" + folder.resolve("out"),
                "-cp",
                System.getProperty("java.class.path"),
                StartProgram.class.getName(),
                "stay")
            .redirectOutput(stdout.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (process.isAlive() && Files.size(stdout) == 0) {
        Thread.sleep(25);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(names(temporary)).isEmpty();
    assertThat(stdout).hasContent("ready");
    assertThat(names(folder.resolve("out"))).hasSize(1);
  }

  private static List<Path> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
