// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.recorder.event.RunEndEvent;
import io.memreport.recorder.event.TestEvent;
import io.memreport.recorder.event.TestStartEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can't be read or written is told in a line, and never waited for. */
@Timeout(60)
class BadInputTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void pipes_devices_and_links_to_them_are_refused_at_once() throws Exception {
    Path pipe = pipe(folder.resolve("pipe"));
    Path link = Files.createSymbolicLink(folder.resolve("link.jfr"), pipe);
    Path device = Files.createSymbolicLink(folder.resolve("zero.log"), Path.of("/dev/zero"));
    String good = recording("one").toString();
    for (Path bad : List.of(pipe, link, device)) {
      assertRefused(bad, "analyze", bad.toString(), "-o", report());
      assertRefused(bad, "analyze", good, "--kernel-log", bad.toString(), "-o", report());
      assertRefused(bad, "oom", bad.toString());
      assertRefused(bad, "heap", bad.toString(), "-o", report());
    }
    Files.delete(device);
  }

  private void assertRefused(Path bad, String... arguments) {
    err.getBuffer().setLength(0);
    assertThat(run(arguments)).isEqualTo(3);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains(bad.toString())
        .contains("a pipe, a device or a socket");
  }

  @Test
  void what_is_no_heap_dump_is_told_in_a_line_and_no_report_is_begun() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.hprof"));
    Path text = Files.writeString(folder.resolve("text.hprof"), "no dump");
    Path cut = Files.writeString(folder.resolve("cut.hprof"), "JAVA PROFILE 1.0.2");
    Path missing = folder.resolve("missing.hprof");
    for (Path bad : List.of(empty, text, cut, missing, folder, recording("one"))) {
      err.getBuffer().setLength(0);
      assertThat(run("heap", bad.toString(), "-o", report())).as("%s", bad).isEqualTo(3);
      assertThat(err.toString().lines()).singleElement().asString().contains(bad.toString());
    }
    assertThat(folder.resolve("report")).doesNotExist();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void a_run_folder_with_a_pipe_in_it_is_named_and_the_others_are_reported() throws Exception {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    Path good = Files.createDirectory(runs.resolve("good"));
    Files.move(recording("one"), good.resolve("recording.jfr"));
    for (String name : List.of("run.json", "flight.box", "recording.jfr")) {
      Path bad = Files.createDirectory(runs.resolve("with-" + name));
      Files.createDirectory(bad.resolve("repository"));
      pipe(bad.resolve(name));
    }
    assertThat(run("analyze", runs.toString(), "-o", report())).isEqualTo(3);
    assertThat(err.toString().lines())
        .hasSize(3)
        .anyMatch(line -> line.contains("with-run.json"))
        .anyMatch(line -> line.contains("with-flight.box"))
        .anyMatch(line -> line.contains("with-recording.jfr"));
    assertThat(json().get("tests")).hasSize(1);
  }

  @Test
  void a_link_that_leads_to_itself_is_named() throws IOException {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    assertThat(run("analyze", loop.toString(), "-o", report())).isEqualTo(3);
    assertThat(err.toString().lines()).singleElement().asString().contains(loop.toString());
  }

  @Test
  void what_acts_on_a_terminal_is_escaped_in_a_problem() {
    run("analyze", folder.resolve("a\u001b[2J\u202Eb\nc\u009b0m") + ".jfr", "-o", report());
    run("oom", folder.resolve("a\u001b[2J\u202Eb\nc\u009b0m").toString());
    run("analyze", "--\u001b[31mred");
    assertThat(err.toString().lines()).hasSize(3);
    assertThat(err.toString())
        .contains("a\\u001B[2J\\u202Eb c\\u009B0m.jfr")
        .doesNotContain("\u001b", "\u202E", "\u009b");
  }

  @Test
  void half_a_character_costs_nothing_but_itself() throws IOException {
    Path recording = recording("\uD800 from a fuzzing test \uDC00", "plain");
    assertThat(run("analyze", recording.toString(), "-o", report())).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(json().get("tests"))
        .extracting(test -> test.get("displayName").textValue())
        .containsExactlyInAnyOrder("\ufffd from a fuzzing test \ufffd", "plain");
    assertThat(folder.resolve("report/report.html")).content().contains(" from a fuzzing test ");
    assertThat(folder.resolve("report/summary.md")).content().contains(" from a fuzzing test ");
  }

  @Test
  void names_that_differ_in_half_a_character_are_two() throws IOException {
    Path recording = recording("\uD800", "\uD801");
    run("analyze", recording.toString(), "-o", report());
    assertThat(json().get("tests")).extracting(test -> test.get("id")).doesNotHaveDuplicates();
  }

  @Test
  void a_report_that_cannot_be_written_whole_is_not_begun() throws IOException {
    Path report = folder.resolve("report");
    Files.createDirectories(report.resolve("summary.md"));
    assertThat(run("analyze", recording("one").toString(), "-o", report())).isEqualTo(4);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("summary.md")
        .contains("is a folder")
        .contains("--output");
    assertThat(files(report)).containsExactly("summary.md");
  }

  @Test
  void a_report_for_which_the_disk_has_no_room_leaves_the_one_before() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(mount(small), "this user may not mount a small file system");
    try {
      Path before = Files.writeString(small.resolve("report.json"), "before");
      assertThat(run("analyze", recording("one").toString(), "-o", small.toString())).isEqualTo(4);
      assertThat(err.toString().lines()).singleElement().asString().contains("space");
      assertThat(files(small)).containsExactly("report.json");
      assertThat(before).hasContent("before");
    } finally {
      run(List.of("umount", small.toString()));
    }
  }

  private static boolean mount(Path small) throws Exception {
    return run(List.of("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", small.toString())) == 0;
  }

  @Test
  void a_new_report_replaces_the_one_before_and_leaves_nothing_else() throws IOException {
    String recording = recording("one").toString();
    assertThat(run("analyze", recording, "-o", report())).isZero();
    Files.writeString(folder.resolve("report/report.json"), "before");
    assertThat(run("analyze", recording, "-o", report())).isZero();
    assertThat(json().get("tests")).hasSize(1);
    assertThat(files(folder.resolve("report")))
        .containsExactly("report.html", "report.json", "summary.md");
  }

  @Test
  void a_damaged_run_file_is_a_problem_of_that_run() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.move(recording("one"), run.resolve("recording.jfr"));
    Files.writeString(run.resolve("run.json"), "{\"pid\": ");
    assertThat(run("analyze", run.toString(), "-o", report())).isEqualTo(3);
    assertThat(err.toString().lines()).singleElement().asString().contains("run.json");
    assertThat(json().get("tests")).hasSize(1);
  }

  @Test
  void a_run_file_of_any_size_and_depth_ends_in_a_line() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.move(recording("one"), run.resolve("recording.jfr"));
    for (String text :
        List.of(
            "[".repeat(500_000),
            " ".repeat(2 << 20) + "{}",
            "{\"startedAt\":\"-999999999-01-01T00:00:00Z\",\"pid\":1}",
            "{\"repository\":\"\\u0000\"}")) {
      Files.writeString(run.resolve("run.json"), text);
      assertThat(run("analyze", run.toString(), "-o", report())).isIn(0, 3);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path pipe(Path path) throws Exception {
    assumeTrue(run(List.of("mkfifo", path.toString())) == 0, "mkfifo is missing");
    return path;
  }

  private static int run(List<String> command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report/report.json").toFile());
  }

  private String report() {
    return folder.resolve("report").toString();
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private Path recording(String... tests) throws IOException {
    Path file = folder.resolve("recorded.jfr");
    synchronized (Commands.RECORDING) {
      try (Recording recording = new Recording()) {
        recording.start();
        for (int id = 1; id <= tests.length; id++) {
          TestStartEvent start = new TestStartEvent();
          start.testId = id;
          start.kind = "test";
          start.uniqueId = "[engine:demo]/[test:" + tests[id - 1] + "]";
          start.displayName = tests[id - 1];
          start.commit();
          TestEvent end = new TestEvent();
          end.testId = id;
          end.status = "passed";
          end.commit();
        }
        RunEndEvent last = new RunEndEvent();
        last.reason = RunEndEvent.SHUTDOWN;
        last.commit();
        recording.dump(file);
      }
    }
    return file;
  }
}
