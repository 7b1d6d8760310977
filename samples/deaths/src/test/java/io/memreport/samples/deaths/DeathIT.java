// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples.deaths;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs die as they are meant to: before any verdict, the kernel itself is asked. */
class DeathIT {
  private static final int SIGKILL = 137;

  @ParameterizedTest
  @EnumSource(to = "THREADS")
  void is_killed_for_its_own_memory(Death death) throws Exception {
    assertThat(victim(death)).isGreaterThan(death.limitBytes * 85 / 100);
  }

  @Test
  void is_killed_although_others_hold_the_memory() throws Exception {
    assertThat(victim(Death.OTHER_PROCESS)).isLessThan(Death.OTHER_PROCESS.limitBytes / 2);
  }

  @Test
  void is_killed_although_files_hold_the_memory() throws Exception {
    assertThat(victim(Death.SHARED_MEMORY)).isLessThan(Death.SHARED_MEMORY.limitBytes / 2);
    assertThat(KillText.of(DeadRun.of(Death.SHARED_MEMORY)).shmemBytes())
        .isGreaterThan(Death.SHARED_MEMORY.limitBytes / 2);
  }

  @Test
  void one_fork_is_killed_for_all() throws Exception {
    assertThat(victim(Death.PARALLEL_FORKS)).isLessThan(Death.PARALLEL_FORKS.limitBytes / 2);
    DeadRun run = DeadRun.of(Death.PARALLEL_FORKS);
    assertThat(KillText.of(run).jvms()).isEqualTo(Death.PARALLEL_FORKS.forks);
    assertThat(run.exitCodes()).contains(0);
  }

  /**
   * Anonymous memory of the JVM that the kernel killed: the first victim. While its pages are given
   * back, the kernel sometimes kills a second process for the same lack.
   */
  private static long victim(Death death) throws Exception {
    DeadRun run = DeadRun.of(death);
    assertThat(run.exitCodes()).contains(SIGKILL);
    KillText kill = KillText.of(run);
    assertThat(kill.tellsOfAKill()).isTrue();
    assertThat(kill.firstVictim()).isEqualTo("java");
    return kill.victimAnonBytes().get(0);
  }

  /** The last sample may be a second old, but the kind that killed is already the largest. */
  @ParameterizedTest
  @CsvSource({
    "SQLITE_PAGE_CACHE, sqliteBytes",
    "SQLITE_SORT, sqliteBytes",
    "SQLITE_MEMORY_DB, sqliteBytes",
    "DIRECT_BUFFERS, directBufferBytes",
    "METASPACE, metaspaceBytes",
  })
  void the_recording_saw_it_grow(Death death, String kind) throws Exception {
    JsonNode memory = PostMortem.of(DeadRun.of(death)).at("/runs/0/memoryAtEnd");
    for (String other : List.of("sqliteBytes", "directBufferBytes", "metaspaceBytes")) {
      assertThat(memory.get(other).asLong())
          .as(other)
          .isLessThanOrEqualTo(memory.get(kind).asLong());
    }
  }

  /** A JVM that crashes and may not dump core ends with status 1. */
  @ParameterizedTest
  @CsvSource({
    "KILLED_BY_HAND, 137",
    "CRASHED, 1",
    "TERMINATED, 143",
    "TIMED_OUT, 137",
    "OUT_OF_HEAP, 1",
    "EXIT_ON_OUT_OF_HEAP, 3",
    "CRASH_ON_OUT_OF_HEAP, 1",
    "EXITED, 7",
    "HALTED, 7",
  })
  void the_kernel_has_no_part(Death death, int exitCode) throws Exception {
    DeadRun run = DeadRun.of(death);
    assertThat(KillText.of(run).tellsOfAKill()).isFalse();
    assertThat(run.exitCodes()).containsExactly(exitCode);
  }
}
