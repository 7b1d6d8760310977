// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemoryMapEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class MemoryMapTest {
  private static final String SMAPS =
      """
      10000000-11000000 rw-p 00000000 00:00 0
      Size:              16384 kB
      Rss:                 100 kB
      VmFlags: rd wr
      11000000-13c00000 ---p 00000000 00:00 0
      Rss:                   0 kB
      13c00000-14000000 rw-p 00001000 fe:00 42          /opt/jdk/lib/server/classes.jsa
      Rss:                   7 kB
      14000000-14001000 rw-p 00000000 00:00 0
      Rss:                   3 kB
      20000000-20100000 rwxp 00000000 00:00 0
      Rss:                  11 kB
      30000000-30004000 ---p 00000000 00:00 0
      Rss:                   0 kB
      30004000-30100000 rw-p 00000000 00:00 0
      Rss:                  13 kB
      40000000-40100000 r-xp 00000000 fe:00 43          /usr/lib/libc.so.6
      Rss:                  17 kB
      50000000-50100000 rw-s 00000000 00:01 44          /dev/shm/queue (deleted)
      Rss:                  19 kB
      60000000-60100000 rw-s 00000000 00:01 45          /SYSV00000000 (deleted)
      Rss:                  23 kB
      70000000-70100000 rw-p 00000000 00:00 0           [heap]
      Rss:                  29 kB
      """;

  private static final long RESERVED = 0x14000000 - 0x10000000;

  @Test
  void knows_whose_memory_a_range_is() throws IOException {
    MemoryMapEvent map = describe(RESERVED);
    assertThat(map.javaHeap).isEqualTo(107 << 10);
    assertThat(map.codeCache).isEqualTo(11 << 10);
    assertThat(map.threadStacks).isEqualTo(13 << 10);
    assertThat(map.mappedFiles).isEqualTo(17 << 10);
    assertThat(map.shared).isEqualTo(42 << 10);
    assertThat(map.rss).isEqualTo((107 + 3 + 11 + 13 + 17 + 42 + 29) << 10);
  }

  @Test
  void leaves_the_heap_unknown_rather_than_guess() throws IOException {
    assertThat(describe(RESERVED + 4096 * 7).javaHeap).isEqualTo(MemoryMapEvent.UNKNOWN);
    assertThat(describe(0).javaHeap).isEqualTo(MemoryMapEvent.UNKNOWN);
  }

  private static MemoryMapEvent describe(long reserved) throws IOException {
    return MemoryMap.describe(
        MappedRange.parse(new BufferedReader(new StringReader(SMAPS))), reserved);
  }
}
