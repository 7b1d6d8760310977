// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
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
      Pss:                 256 kB
      Pss_Dirty:             9 kB
      7f2000000000-7f2000004000 ---p 00000000 00:00 0
      Rss:                   0 kB
      7f2000004000-7f2000100000 rw-p 00000000 00:00 0
      Rss:                 512 kB
      7f3000000000-7f3000100000 rw-s 00000000 00:05 9    /dev/shm/segment (deleted)
      Rss:                 256 kB
      7f4000000000-7f4000100000 rw-p 00000000 00:00 0    [heap]
      Rss:                 128 kB
      7f5000000000-7f5000200000 rw-p 00000000 00:00 0
      Rss:                 640 kB
      7f5000200000-7f5004000000 ---p 00000000 00:00 0
      Rss:                   0 kB
      7f5010000000-7f501a000000 rw-p 00000000 00:00 0
      Rss:                1000 kB
      7f501a000000-7f501c000000 ---p 00000000 00:00 0
      Rss:                   0 kB
      7f6000100000-7f6000200000 rw-p 00000000 00:00 0
      Rss:                  32 kB
      """;

  @Test
  void eachRangeBelongsToOneOwner() throws IOException {
    MappedMemory map = describe(SMAPS, 1024 * MEGABYTE);
    assertThat(map.javaHeap()).isEqualTo(100 * MEGABYTE);
    assertThat(map.code()).isEqualTo(2 * MEGABYTE);
    assertThat(map.files()).isEqualTo(MEGABYTE);
    assertThat(map.stacks()).isEqualTo(MEGABYTE / 2);
    assertThat(map.shared()).isEqualTo(MEGABYTE / 4);
    assertThat(map.arenas()).isEqualTo((128 + 640 + 1000) << 10);
    assertThat(map.rss())
        .isEqualTo((102400 + 2048 + 1024 + 512 + 256 + 128 + 640 + 1000 + 32) * 1024L);
    assertThat(map.rss() - map.pss()).as("what three others map, too").isEqualTo(768 << 10);
  }

  /** A private mapping that is written to is no cache of its file any more. */
  @Test
  void changedCopiesOfAFilesPagesAreTheProcesssOwn() throws IOException {
    MappedMemory map =
        describe(
            """
            7f1000000000-7f1006400000 rw-p 00000000 08:01 77   /srv/index.dat
            Rss:              102400 kB
            Anonymous:        101376 kB
            7f2000000000-7f2000400000 r--p 00000000 08:01 78   /usr/lib/libc.so.6
            Rss:                2048 kB
            Anonymous:             0 kB
            """,
            1024 * MEGABYTE);
    assertThat(map.files()).isEqualTo(3 * MEGABYTE);
    assertThat(map.rss()).isEqualTo(102 * MEGABYTE);
  }

  @Test
  void anArenaBehindTheSmallRestOfAFullOneIsNoStack() throws IOException {
    MappedMemory map =
        describe(
            """
            7f5000000000-7f5003fe0000 rw-p 00000000 00:00 0
            Rss:              65408 kB
            7f5003fe0000-7f5004000000 ---p 00000000 00:00 0
            Rss:                  0 kB
            7f5004000000-7f5006000000 rw-p 00000000 00:00 0
            Rss:              32768 kB
            7f5006000000-7f5008000000 ---p 00000000 00:00 0
            Rss:                  0 kB
            """,
            1024 * MEGABYTE);
    assertThat(map.stacks()).isZero();
    assertThat(map.arenas()).isEqualTo((65408 + 32768) * 1024L);
  }

  @Test
  void heapThatIsNotFoundIsUnknown() throws IOException {
    assertThat(describe(SMAPS, 4096 * MEGABYTE).javaHeap()).isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void twoCandidatesForTheHeapMakeItUnknown() throws IOException {
    String twin = "700000000000-700040000000 rw-p 00000000 00:00 0\nRss:    4 kB\n";
    assertThat(describe(SMAPS + twin, 1024 * MEGABYTE).javaHeap())
        .isEqualTo(MemreportEvent.UNKNOWN);
  }

  @Test
  void theHeapIsWhereTheJvmSays() throws IOException {
    HeapRange g1 =
        HeapRange.parse(
            "garbage-first heap   total 8192K, used 1M [0x0000000080000000, 0x00000000c0000000)\n"
                + " region size 1024K, 2 young (2048K), 0 survivors (0K)\n"
                + " Metaspace       used 2M, committed 3M, reserved 1114112K\n");
    assertThat(g1).isEqualTo(new HeapRange(0x80000000L, 0xc0000000L));
    HeapRange serial =
        HeapRange.parse(
            " def new generation   total 9792K, used 1K [0x80000000, 0x80aa0000, 0x90000000)\n"
                + "  eden space 8704K,  12% used [0x80000000, 0x80108d40, 0x80880000)\n"
                + " tenured generation   total 21888K, used 0K [0x90000000, 0x91560000, 0xc0000000)\n"
                + "   the space 21888K,   0% used [0x90000000, 0x90000000, 0x90000200, 0x91560000)\n");
    assertThat(serial).isEqualTo(g1);
    assertThat(HeapRange.parse(" ZHeap           used 20M, capacity 254M, max capacity 4G\n"))
        .isNull();
    assertThat(MemoryMap.describe(ranges(SMAPS), g1, 0).javaHeap()).isEqualTo(100 * MEGABYTE);
  }

  @Test
  void thisJvmTellsWhereItsHeapIs() throws IOException {
    MappedMemory map = new MemoryMap().read();
    Assumptions.assumeTrue(map != null, "there is no /proc/self/smaps here");
    assertThat(map.javaHeap()).isBetween(MEGABYTE, map.rss());
    assertThat(map.javaHeap() + map.code() + map.stacks() + map.files() + map.shared())
        .isLessThanOrEqualTo(map.rss());
  }

  @Test
  void nativeMemoryTrackingTellsOfTheCollector() {
    assertThat(
            NativeMemoryTracking.parse(
                "-                        GC (reserved=61342KB, committed=61342KB)\n"
                    + "                            (malloc=4506KB #1035)\n"))
        .isEqualTo(61342L << 10);
    assertThat(NativeMemoryTracking.parse("Native memory tracking is not enabled\n"))
        .isEqualTo(MemreportEvent.UNKNOWN);
  }

  private static MappedMemory describe(String smaps, long reservedHeap) throws IOException {
    List<MappedRange> ranges = ranges(smaps);
    return MemoryMap.describe(
        ranges, HeapRange.guess(ranges, reservedHeap), MemreportEvent.UNKNOWN);
  }

  private static List<MappedRange> ranges(String smaps) throws IOException {
    return MappedRange.parse(new BufferedReader(new StringReader(smaps)));
  }
}
