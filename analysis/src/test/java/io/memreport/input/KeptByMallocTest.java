// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.recorder.event.memory.MemorySampleEvent;
import io.memreport.recorder.event.memory.ProcessMemoryEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What malloc keeps is asked seldom, and only what was asked with the last sample counts. */
class KeptByMallocTest {
  private static final long MB = 1 << 20;

  @TempDir Path folder;

  @Test
  void what_was_asked_at_the_end_is_told_from_what_is_in_use() throws Exception {
    MemoryAtEnd end = end(0);
    assertThat(end.freedBytes()).isEqualTo(30 * MB);
    assertThat(end.mallocBytes()).isEqualTo(50 * MB);
  }

  @Test
  void what_was_asked_long_before_says_nothing_of_the_end() throws Exception {
    MemoryAtEnd end = end(1100);
    assertThat(end.freedBytes()).isNull();
    assertThat(end.mallocBytes()).isEqualTo(80 * MB);
  }

  private MemoryAtEnd end(long millisBetween) throws Exception {
    try (RecordedRun run = new RecordedRun()) {
      ProcessMemoryEvent asked = new ProcessMemoryEvent();
      asked.arenas = 90 * MB;
      asked.arenasFree = 40 * MB;
      asked.arenasResident = 80 * MB;
      asked.commit();
      Thread.sleep(millisBetween);
      MemorySampleEvent sample = new MemorySampleEvent();
      sample.rss = 100 * MB;
      sample.arenasResident = 80 * MB;
      sample.commit();
      return Recordings.read(List.of(run.to(folder.resolve("run.jfr"))), bytes -> {})
          .facts()
          .runs()
          .get(0)
          .memoryAtEnd();
    }
  }
}
