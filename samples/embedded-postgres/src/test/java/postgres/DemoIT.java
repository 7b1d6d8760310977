// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code memreport demo} leaves its report, and nothing else. */
class DemoIT {
  @TempDir Path folder;

  @Test
  void leaves_nothing_in_the_temporary_folder_nor_in_shared_memory() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path said = folder.resolve("said.txt");
    Set<String> segments = segments();
    Process demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dmemreport.home=" + Path.of("../..").toAbsolutePath().normalize(),
                "-jar",
                System.getProperty("memreport.cli.jar"),
                "demo",
                "-o",
                folder.resolve("report").toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertEquals(0, demo.waitFor(), () -> read(said));
    try (Stream<Path> left = Files.walk(temporary)) {
      assertEquals(List.of(temporary), left.toList());
    }
    assertEquals(segments, segments());
  }

  private static Set<String> segments() throws IOException {
    Path folder = Path.of("/dev/shm");
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).collect(Collectors.toSet());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
