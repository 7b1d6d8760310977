// SPDX-License-Identifier: Apache-2.0
package postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./memreport demo} leaves its report, and nothing else. */
class DemoIT {
  @TempDir Path folder;

  @Test
  void leaves_nothing_in_the_temporary_folder_nor_in_shared_memory() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Path said = folder.resolve("said.txt");
    Set<String> segments = segments();
    Process demo =
        command(temporary).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertEquals(0, demo.waitFor(), () -> read(said));
    String text = read(said);
    assertTrue(text.contains("Who killed the JVM"), text);
    assertTrue(
        text.contains("sums_up_all_scans() held") || text.contains("exports_all_thumbnails"), text);
    String index = Files.readString(folder.resolve("report/index.html"));
    for (String report : List.of("report.html", "postgres/report.html", "killed/report.html")) {
      assertTrue(index.contains("href=\"" + report + "\""), report);
      assertTrue(Files.exists(folder.resolve("report").resolve(report)), report);
    }
    try (Stream<Path> left = Files.walk(temporary)) {
      assertEquals(List.of(temporary), left.toList());
    }
    assertEquals(segments, segments());
  }

  private ProcessBuilder command(Path temporary) throws IOException {
    Path checkout = Path.of("../..").toAbsolutePath().normalize();
    for (String jar :
        List.of(
            "report-cli/target/memreport.jar",
            "agent/target/memreport-agent.jar",
            "samples/junit-sqlite/target/junit-sqlite-sample.jar",
            "samples/embedded-postgres/target/embedded-postgres-sample.jar")) {
      // This build made sure of each; one that did not change looks old, and would be built anew.
      Files.setLastModifiedTime(checkout.resolve(jar), FileTime.from(Instant.now()));
    }
    ProcessBuilder command =
        new ProcessBuilder(
            checkout.resolve("memreport").toString(),
            "demo",
            "-o",
            folder.resolve("report").toString());
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    return command;
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
