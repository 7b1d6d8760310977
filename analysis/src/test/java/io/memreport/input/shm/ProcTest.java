// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.shm.ShmProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcTest {
  @TempDir private Path root;

  @Test
  void reads_parent_start_and_user() throws IOException {
    write("stat", "cpu 1 2 3\nbtime 1000\n");
    write("12/stat", stat(12, "java", 'S', 20));
    write("12/status", "Name:\tUid:\nUid:\t1\t2\t3\t4\nNSpid:\t12\t3\n");
    write("meminfo", "");
    Proc proc = new Proc(root);
    assertThat(proc.processes())
        .containsExactly(Map.entry(12L, new ShmProcess(12, 1L, 2L, "java", false, 4567L, 1045L)));
    assertThat(proc.numbersOf(12)).containsExactly(12L, 3L);
    assertThat(proc.numbersOf(13)).isEmpty();
  }

  @Test
  void a_name_may_look_like_the_rest() {
    ShmProcess process = Proc.parse(12, stat(12, "x) Z 7 (\n) S", 'S', 1), 5L, 1000L);
    assertThat(process).isEqualTo(new ShmProcess(12, 1L, 5L, "x) Z 7 (\n) S", false, 4567L, 1045L));
  }

  @Test
  void zombies_have_ended_unless_threads_run_on() {
    assertThat(Proc.parse(12, stat(12, "postgres", 'Z', 1), 5L, 1000L).zombie()).isTrue();
    assertThat(Proc.parse(12, stat(12, "go", 'Z', 3), 5L, 1000L).zombie()).isFalse();
    assertThat(Proc.parse(12, stat(12, "sleep", 'D', 1), 5L, 1000L).zombie()).isFalse();
  }

  @Test
  void what_is_cut_short_is_unknown() throws IOException {
    assertThat(Proc.parse(12, "12 (java) S 1", null, null).startedAt()).isNull();
    assertThat(Proc.parse(12, "", null, null).name()).isNull();
    assertThat(Proc.parse(12, ") (", null, null).name()).isNull();
    assertThat(Proc.parse(12, stat(12, "java", 'S', 1), null, null).startedAt()).isNull();
    Map<Long, ShmProcess> processes = new HashMap<>();
    new Proc(root).add(77, processes);
    assertThat(processes).isEmpty();
    // There, but not to be read: it lives.
    Files.createDirectories(root.resolve("78/stat"));
    new Proc(root).add(78, processes);
    assertThat(processes.get(78L).startedAt()).isNull();
    assertThat(processes.get(78L).zombie()).isFalse();
  }

  /**
   * Process 1 began 45 s after a boot at 1000; its folder's time was taken by the clock of then.
   */
  @ParameterizedTest
  @CsvSource({
    "1045, true",
    "1050, true",
    "1040, true",
    "1051, false",
    "1039, false",
    "30000, false"
  })
  void a_boot_is_told_only_if_the_clock_was_not_set_since(long seen, boolean told)
      throws IOException {
    write("stat", "btime 1000\n");
    write("1/stat", stat(1, "init", 'S', 1));
    Files.setLastModifiedTime(root.resolve("1"), FileTime.from(seen, TimeUnit.SECONDS));
    assertThat(new Proc(root).bootAt()).isEqualTo(told ? 1000L : null);
  }

  @Test
  void without_a_first_process_that_is_not_known() throws IOException {
    write("stat", "btime 1000\n");
    assertThat(new Proc(root).bootAt()).isNull();
  }

  static String stat(long pid, String name, char state, int threads) {
    return pid
        + " ("
        + name
        + ") "
        + state
        + " 1 12 12 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 "
        + threads
        + " 0 4567 1000000 200 18446744073709551615\n";
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
