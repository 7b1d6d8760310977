// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryFilesTest {
  private static final String MOUNTS =
      """
      22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
      23 22 0:21 / /dev/shm rw,nosuid shared:2 - tmpfs tmpfs rw,size=1g
      24 22 0:22 / /dev/shm rw,nosuid shared:2 - tmpfs tmpfs rw,size=1g
      25 22 0:23 / /run rw,nosuid,nodev shared:5 - tmpfs tmpfs rw,size=1g,mode=755
      26 22 0:24 / /sys/fs/cgroup rw shared:6 - tmpfs tmpfs ro
      27 22 0:25 / /run/secrets ro,relatime - tmpfs tmpfs ro
      28 22 0:26 / /mnt/my\\040exports rw,relatime - tmpfs tmpfs rw
      29 22 0:23 /lock /run/lock rw,nosuid - tmpfs tmpfs rw,size=1g
      30 22 0:22 / /var/shm rw,nosuid shared:2 - tmpfs tmpfs rw,size=1g
      32 22 0:27 / /cache rw - tmpfs tmpfs rw
      33 22 254:1 / /cache rw - ext4 /dev/vdb rw
      31 22 0:5 / /dev rw,nosuid - devtmpfs udev rw
      """;

  @Test
  void each_file_system_counts_once_and_shared_memory_and_others_do_not() {
    assertThat(MemoryFiles.in(MOUNTS))
        .containsExactly(
            Map.entry("0:23", new File("/run")), Map.entry("0:26", new File("/mnt/my exports")));
  }

  @Test
  void what_is_mapped_to_write_there_is_counted_until_the_file_is_removed() {
    String maps =
        """
        7f0000000000-7f0002000000 rw-s 00000000 00:1a 12                         /mnt/my exports/a
        7f0002000000-7f0003000000 r--s 00000000 00:1a 13                         /mnt/my exports/b
        7f0003000000-7f0004000000 rw-p 00000000 00:1a 14                         /mnt/my exports/c
        7f0004000000-7f0005000000 rw-s 00000000 00:15 15                         /dev/shm/d
        7f0005000000-7f0006000000 rw-s 00000000 00:1a 16                         /mnt/my exports/e (deleted)
        7f0006000000-7f0006001000 rw-s 00000000 00:17 17                         /run/f
        7f0007000000-7f0008000000 rw-p 00000000 00:00 0
        """;
    assertThat(MemoryFiles.mapped(maps, Set.of("0:23", "0:26"))).isEqualTo((32 << 20) + 4096);
  }

  @Test
  void what_this_process_writes_is_counted(@TempDir Path folder) throws IOException {
    long used = MemoryFiles.used();
    long before = MemoryFiles.written(used, 0);
    Files.write(folder.resolve("written"), new byte[100_000]);
    assertThat(MemoryFiles.written(used, 0) - before).isGreaterThanOrEqualTo(100_000);
    assertThat(used).isNotNegative();
  }
}
