// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.RunEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private static final long LEAK = 50_000_021;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void writes_three_files_and_the_verdict() throws IOException {
    assertThat(run("analyze", recording(0).toString(), "-o", report())).isZero();
    assertThat(out.toString()).contains("No leaks found in 1 test.").contains("report.html");
    assertThat(err.toString()).isEmpty();
    assertThat(folder.resolve("report")).isDirectoryContaining("glob:**report.json");
    assertThat(folder.resolve("report")).isDirectoryContaining("glob:**report.html");
    assertThat(folder.resolve("report")).isDirectoryContaining("glob:**summary.md");
  }

  @Test
  void fails_on_what_was_asked_for_only() throws IOException {
    String leak = recording(LEAK).toString();
    assertThat(run("analyze", leak, "-o", report())).isZero();
    assertThat(run("analyze", leak, "-o", report(), "--fail-on", "never")).isZero();
    assertThat(run("analyze", leak, "-o", report(), "--fail-on", "leak")).isEqualTo(1);
    assertThat(run("analyze", leak, "-o", report(), "--fail-on", "warning")).isEqualTo(1);
    assertThat(run("analyze", leak, "-o", report(), "--fail-on", "info")).isEqualTo(1);
    assertThat(run("analyze", leak, "-o", report(), "--fail-on", "killed")).isZero();
    assertThat(run("analyze", leak, "-o", report(), "--fail-on", "oom")).isZero();
    assertThat(run("analyze", recording(0).toString(), "-o", report(), "--fail-on", "any"))
        .isZero();
  }

  @Test
  void each_level_has_those_before_it() throws IOException {
    Path run = Files.createDirectory(folder.resolve("killed"));
    Path repository = Files.createDirectory(run.resolve("repository"));
    Files.move(recording(0, null), repository.resolve("1.jfr"));
    for (String level : List.of("killed", "oom", "leak", "warning", "info", "any")) {
      assertThat(run("analyze", run.toString(), "-o", report(), "--fail-on", level))
          .as(level)
          .isEqualTo(1);
      assertThat(out.toString()).contains("The JVM ended without shutting down");
    }
  }

  @Test
  void what_is_no_command_is_bad_usage_with_help_behind_it_too() {
    for (String[] arguments :
        new String[][] {{"analyse"}, {"analyse", "--help"}, {"analyse", "x.jfr", "-o", "y"}}) {
      err.getBuffer().setLength(0);
      assertThat(run(arguments)).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(err.toString())
          .startsWith("memreport: Unmatched argument")
          .contains("'analyse'")
          .endsWith("; did you mean analyze? See memreport --help\n");
    }
    assertThat(run("analyze", "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: memreport analyze");
  }

  @Test
  void bad_usage_of_a_command_leads_to_its_own_help() {
    assertThat(run("analyze", "x.jfr", "--fail-on", "sometimes")).isEqualTo(2);
    assertThat(err.toString()).endsWith("; see memreport analyze --help\n");
  }

  @Test
  void prints_its_version_and_what_shells_complete() {
    assertThat(run("version")).isZero();
    assertThat(out.toString()).isEqualTo("memreport (not packaged)\n");
    assertThat(run("completion", "fish")).isZero();
    assertThat(out.toString())
        .contains("complete -c memreport -f -n __fish_use_subcommand -a analyze -d 'Turns")
        .contains(
            "complete -c memreport -n '__fish_seen_subcommand_from analyze' -s o -l output -r -d 'Where");
    assertThat(run("completion", "bash")).isZero();
    assertThat(out.toString()).contains("complete -F _complete_memreport");
    assertThat(run("completion", "tcsh")).isEqualTo(2);
  }

  @Test
  void says_nothing_if_told_so() throws IOException {
    assertThat(run("analyze", recording(LEAK).toString(), "-o", report(), "--quiet")).isZero();
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void names_each_input_that_cannot_be_read_in_a_line() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.jfr"));
    Path foreign = Files.writeString(folder.resolve("foreign.jfr"), "PK not a recording");
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    byte[] noise = new byte[10_000];
    new Random(1).nextBytes(noise);
    System.arraycopy(Files.readAllBytes(recording(0)), 0, noise, 0, 100);
    Path damaged = Files.write(folder.resolve("damaged.jfr"), noise);
    for (Path bad : new Path[] {empty, foreign, nothing, damaged, folder.resolve("missing.jfr")}) {
      err.getBuffer().setLength(0);
      assertThat(run("analyze", bad.toString(), "-o", report())).as(bad.toString()).isEqualTo(3);
      assertThat(err.toString().lines()).singleElement().asString().contains(bad.toString());
    }
  }

  @Test
  void reports_the_good_input_beside_a_bad_one() throws IOException {
    assertThat(run("analyze", recording(0).toString(), "/no/such/file", "-o", report()))
        .isEqualTo(3);
    assertThat(err.toString().lines()).singleElement().asString().contains("/no/such/file");
    assertThat(folder.resolve("report/report.json")).isNotEmptyFile();
  }

  @Test
  void never_changes_its_input() throws IOException {
    Path recording = recording(0);
    byte[] before = Files.readAllBytes(recording);
    run("analyze", recording.toString(), "-o", report());
    assertThat(recording).hasBinaryContent(before);
  }

  @Test
  void says_where_a_report_cannot_be_written() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    String output = file.resolve("report").toString();
    assertThat(run("analyze", recording(0).toString(), "-o", output)).isEqualTo(4);
    assertThat(err.toString().lines()).singleElement().asString().contains(output);
  }

  @Test
  void explains_bad_usage_in_a_line() {
    assertThat(run("analyze")).isEqualTo(2);
    assertThat(run("analyse", "x.jfr")).isEqualTo(2);
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("memreport: "));
    assertThat(run("--help")).isZero();
    assertThat(run("--version")).isZero();
  }

  private String report() {
    return folder.resolve("report").toString();
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  /** A run of one test that left this much Java heap behind. */
  private Path recording(long retained) throws IOException {
    return recording(retained, RunEndEvent.SHUTDOWN);
  }

  private Path recording(long retained, String reason) throws IOException {
    Path file = folder.resolve("run-" + retained + ".jfr");
    synchronized (Commands.RECORDING) {
      try (Recording recording = new Recording()) {
        recording.start();
        RunEvent run = new RunEvent();
        run.runId = "run";
        run.commit();
        TestStartEvent start = new TestStartEvent();
        start.testId = 1;
        start.kind = "test";
        start.uniqueId = "[engine:demo]/[method:saves()]";
        start.className = "shop.OrderTest";
        start.methodName = "saves";
        start.displayName = "saves()";
        start.commit();
        TestEvent end = new TestEvent();
        end.begin();
        end.testId = 1;
        end.status = "passed";
        end.threadCount = 1;
        end.heapRetained = retained;
        end.commit();
        RunEndEvent last = new RunEndEvent();
        last.reason = reason;
        last.commit();
        recording.stop();
        recording.dump(file);
      }
    }
    return file;
  }
}
