// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TempDirectoryTest {
  @TempDir Path folder;

  @Test
  void that_of_sqlite_comes_first() throws IOException {
    String sqlite = Files.createDirectory(folder.resolve("sqlite")).toString();
    String system = Files.createDirectory(folder.resolve("system")).toString();
    assertThat(TempDirectory.first(sqlite, system)).isEqualTo(sqlite);
    assertThat(TempDirectory.first(null, system)).isEqualTo(system);
  }

  @Test
  void what_is_no_directory_is_passed_over() throws IOException {
    String file = Files.createFile(folder.resolve("file")).toString();
    String missing = folder.resolve("missing").toString();
    assertThat(TempDirectory.first(missing, folder.toString())).isEqualTo(folder.toString());
    assertThat(TempDirectory.first(file, folder.toString())).isEqualTo(folder.toString());
    assertThat(TempDirectory.first("", folder.toString())).isEqualTo(folder.toString());
  }

  @Test
  void what_is_not_there_has_no_file_system() {
    assertThat(FileSystemType.of(folder.resolve("missing").toString())).isNull();
    assertThat(FileSystemType.of("a\0b")).isNull();
  }

  @Test
  void shared_memory_is_told_from_a_disk() {
    Path shared = Path.of("/dev/shm");
    assumeTrue(Files.isDirectory(shared), "needs /dev/shm");
    assertThat(FileSystemType.of("/proc")).isEqualTo("proc");
    assertThat(FileSystemType.of(shared.toString())).isEqualTo("tmpfs");
  }
}
