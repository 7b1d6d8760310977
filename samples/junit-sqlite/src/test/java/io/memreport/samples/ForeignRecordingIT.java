// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What other recordings of the same JVM record stays out of ours, and out of each report. */
class ForeignRecordingIT {
  private static final String SECRET = ForeignRecordingProgram.SECRET;

  @TempDir Path folder;

  static Stream<Path> javaHomes() throws IOException {
    return PostMortemIT.javaHomes();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void stays_out_where_the_other_recording_came_first(Path javaHome) throws Exception {
    run(javaHome, "-XX:StartFlightRecording:settings=profile", "-Xlog:jfr*=off");
    assertNoSecretIn(folder.resolve("runs"));
    assertOurEventsOnly();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void stays_out_where_ours_came_first(Path javaHome) throws Exception {
    run(javaHome);
    assertNoSecretIn(folder.resolve("runs"));
    assertOurEventsOnly();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void stays_out_of_the_report_of_a_killed_run(Path javaHome) throws Exception {
    Process process = start(javaHome, "wait");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(secretsIn(folder.resolve("runs"))).as("what the report must leave out").isNotEmpty();
    Path report = folder.resolve("report");
    analyze(report);
    assertNoSecretIn(report);
    assertThat(report.resolve("report.json")).content().contains("jdbc:sqlite:");
  }

  private void run(Path javaHome, String... more) throws Exception {
    Process process = start(javaHome, "exit", more);
    assertThat(process.waitFor()).isZero();
    assertThat(folder.resolve("stderr.txt")).content().doesNotContain("memreport: ");
    assertThat(secretsIn(folder.resolve("second.jfr"))).as("recorded by the other").isNotEmpty();
  }

  private Process start(Path javaHome, String mode, String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
    command.addAll(List.of(more));
    command.add(
        "-javaagent:"
            + System.getProperty("memreport.agent.jar")
            + "=out="
            + folder.resolve("runs"));
    command.add("-Dapp.key=" + SECRET + "-property");
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("memreport.sample.jar")
                + File.pathSeparator
                + Path.of("target/test-classes"),
            ForeignRecordingProgram.class.getName(),
            mode,
            folder.resolve("second.jfr").toString(),
            "--password=" + SECRET + "-argument"));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("stderr.txt").toFile());
    builder.environment().put("APP_KEY", SECRET + "-environment");
    return builder.start();
  }

  private void analyze(Path report) throws Exception {
    Files.createDirectory(report);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("memreport.cli.jar"),
                "analyze",
                folder.resolve("runs").toString(),
                "-o",
                report.toString())
            .redirectErrorStream(true)
            .redirectOutput(report.resolve("terminal.txt").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private void assertOurEventsOnly() throws IOException {
    Path recording;
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      recording = files.filter(file -> file.endsWith("recording.jfr")).findFirst().orElseThrow();
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .contains("memreport.RunEnd", "memreport.MemorySample", "jdk.ThreadStart")
        .doesNotContain("app.Login", "jdk.JVMInformation", "jdk.ActiveSetting");
    assertThat(events.toString()).doesNotContain(SECRET);
  }

  private static void assertNoSecretIn(Path path) throws IOException {
    assertThat(secretsIn(path)).isEmpty();
  }

  /** Files that hold a secret in any way to write it. */
  private static List<Path> secretsIn(Path path) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (Charset charset :
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
          if (bytes.contains(new String(SECRET.getBytes(charset), StandardCharsets.ISO_8859_1))) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }
}
