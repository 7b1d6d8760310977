// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunInputTest {
  @TempDir private Path folder;

  @Test
  void run_folders_are_found_wherever_they_lie_below_and_each_is_a_run() throws IOException {
    run("first");
    run("jobs/unit/second");
    run("jobs/slow/deep/er/third");
    assertThat(RunInput.find(folder).runs())
        .extracting(RunInput::id)
        .containsExactlyInAnyOrder("first", "second", "third");
  }

  @Test
  void what_lies_in_a_run_folder_is_no_further_run() throws IOException {
    run("one");
    run("one/repository/2026");
    assertThat(RunInput.find(folder).runs()).hasSize(1);
  }

  @Test
  void a_link_back_to_the_folder_ends_the_search() throws IOException {
    run("jobs/one");
    Files.createSymbolicLink(folder.resolve("jobs/again"), folder);
    assertThat(RunInput.find(folder).runs()).hasSize(1);
  }

  @Test
  void recordings_without_a_run_folder_are_one_repository() throws IOException {
    Files.createFile(Files.createDirectories(folder.resolve("2026/a")).resolve("x.jfr"));
    Files.createFile(folder.resolve("2026/y.jfr"));
    assertThat(RunInput.find(folder).runs())
        .singleElement()
        .satisfies(run -> assertThat(run.recordings()).hasSize(2));
  }

  @Test
  void a_folder_with_neither_is_told() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    assertThatThrownBy(() -> RunInput.find(folder))
        .hasMessageContaining("holds no run of memreport and no JFR recording (*.jfr)");
  }

  private void run(String name) throws IOException {
    Files.createFile(Files.createDirectories(folder.resolve(name)).resolve("recording.jfr"));
  }
}
