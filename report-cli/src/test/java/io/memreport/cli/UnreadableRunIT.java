// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memreport.input.box.WrittenBox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests run as root, and the report is made as another user: the usual case of CI. */
class UnreadableRunIT {
  private static final String NOBODY = "65534";

  private Path folder;
  private Path runs;

  @BeforeEach
  void setUp() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
    folder = Files.createTempDirectory("memreport-unreadable");
    mode(folder, "rwxrwxrwx");
    assumeTrue(
        asNobody(List.of("test", "-x", folder.toString())).status == 0, "setpriv is missing");
    Files.copy(
        Path.of("target/memreport.jar"),
        folder.resolve("memreport.jar"),
        StandardCopyOption.REPLACE_EXISTING);
    mode(folder.resolve("memreport.jar"), "rw-r--r--");
    runs = Files.createDirectory(folder.resolve("runs"));
    mode(runs, "rwxr-xr-x");
  }

  @AfterEach
  void tearDown() throws IOException {
    if (folder != null) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Test
  void a_run_folder_of_another_user_is_named_and_never_clean() throws Exception {
    Path secret = run("secret", "rwx------", "rw-------");
    Ended ended = analyze(runs);
    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.text.lines())
        .singleElement()
        .asString()
        .contains(secret.toString())
        .contains("may not read it");
    Ended alone = analyze(secret);
    assertThat(alone.status).isEqualTo(3);
    assertThat(alone.text.lines()).singleElement().asString().contains(secret.toString());
  }

  @Test
  void the_others_are_reported() throws Exception {
    Path secret = run("a-secret", "rwx------", "rw-------");
    Path listed = run("b-listed", "rwxr--r--", "rw-r--r--");
    run("c-open", "rwxr-xr-x", "rw-r--r--");
    Ended ended = analyze(runs);
    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.text)
        .contains("memreport: " + secret + ": ")
        .contains("memreport: " + listed + ": ")
        .contains("Report: ");
    assertThat(folder.resolve("report/report.json"))
        .content()
        .contains("c-open")
        .doesNotContain("a-secret", "b-listed");
  }

  @Test
  void files_in_an_open_folder_are_named_too() throws Exception {
    Path run = run("closed-files", "rwxr-xr-x", "rw-------");
    Ended ended = analyze(runs);
    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.text).contains(run.resolve("flight.box").toString());
    Files.createDirectory(run.resolve("repository"));
    mode(run.resolve("repository"), "rwx------");
    ended = analyze(runs);
    assertThat(ended.status).isEqualTo(3);
    assertThat(ended.text).contains(run.resolve("repository").toString());
  }

  @Test
  void a_report_that_may_not_be_written_is_named() throws Exception {
    run("open", "rwxr-xr-x", "rw-r--r--");
    mode(folder, "rwxr-xr-x");
    Ended ended = analyze(runs);
    assertThat(ended.status).isEqualTo(4);
    assertThat(ended.text.lines())
        .singleElement()
        .asString()
        .contains("may not write it")
        .contains("--output");
  }

  private Path run(String name, String folderMode, String fileMode) throws IOException {
    Path run = Files.createDirectory(runs.resolve(name));
    mode(WrittenBox.in(run), fileMode);
    mode(run, folderMode);
    return run;
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private record Ended(int status, String text) {}

  private Ended analyze(Path input) throws Exception {
    return asNobody(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            folder.resolve("memreport.jar").toString(),
            "analyze",
            input.toString(),
            "-o",
            folder.resolve("report").toString()));
  }

  private Ended asNobody(List<String> command) throws Exception {
    List<String> all =
        Stream.concat(
                Stream.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"),
                command.stream())
            .toList();
    try {
      Process process =
          new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), text);
    } catch (IOException e) {
      return new Ended(127, e.getMessage());
    }
  }
}
