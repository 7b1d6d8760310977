// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemoryMapEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryMapTest {
  private static final long MEGABYTE = 1 << 20;

  private static final String SMAPS =
      """
      80000000-90000000 rw-p 00000000 00:00 0
      Size:             262144 kB
      Rss:              102400 kB
      Pss:              102400 kB
      90000000-c0000000 ---p 00000000 00:00 0
      Rss:                   0 kB
      7f0000000000-7f0000400000 rwxp 00000000 00:00 0
      Rss:                2048 kB
      7f1000000000-7f1000100000 r-xp 00000000 08:01 77   /usr/lib/jvm/lib/server/libjvm.so
      Rss:                1024 kB
      7f2000000000-7f2000004000 ---p 00000000 00:00 0
      Rss:                   0 kB
      7f2000004000-7f2000100000 rw-p 00000000 00:00 0
      Rss:                 512 kB
      7f3000000000-7f3000100000 rw-s 00000000 00:05 9    /dev/shm/segment (deleted)
      Rss:                 256 kB
      7f4000000000-7f4000100000 rw-p 00000000 00:00 0    [heap]
      Rss:                 128 kB
      """;

  @Test
  void eachRangeBelongsToOneOwner() throws IOException {
    MemoryMapEvent event = describe(SMAPS, 1024 * MEGABYTE);
    assertThat(event.javaHeap).isEqualTo(100 * MEGABYTE);
    assertThat(event.codeCache).isEqualTo(2 * MEGABYTE);
    assertThat(event.mappedFiles).isEqualTo(MEGABYTE);
    assertThat(event.threadStacks).isEqualTo(MEGABYTE / 2);
    assertThat(event.shared).isEqualTo(MEGABYTE / 4);
    assertThat(event.rss).isEqualTo((102400 + 2048 + 1024 + 512 + 256 + 128) * 1024L);
  }

  @Test
  void heapThatIsNotFoundIsUnknown() throws IOException {
    assertThat(describe(SMAPS, 4096 * MEGABYTE).javaHeap).isEqualTo(MemoryMapEvent.UNKNOWN);
  }

  @Test
  void twoCandidatesForTheHeapMakeItUnknown() throws IOException {
    String twin = "700000000000-700040000000 rw-p 00000000 00:00 0\nRss:    4 kB\n";
    assertThat(describe(SMAPS + twin, 1024 * MEGABYTE).javaHeap).isEqualTo(MemoryMapEvent.UNKNOWN);
  }

  private static MemoryMapEvent describe(String smaps, long reservedHeap) throws IOException {
    List<MappedRange> ranges = MappedRange.parse(new BufferedReader(new StringReader(smaps)));
    return MemoryMap.describe(ranges, reservedHeap);
  }
}
