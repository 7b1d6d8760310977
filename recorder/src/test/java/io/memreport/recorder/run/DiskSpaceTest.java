// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MIB = 1 << 20;

  private final DiskSpace space = new DiskSpace(Path.of("."));

  @Test
  void a_disk_that_does_not_fill_needs_the_least_reserve() {
    assertThat(space.isShort(64 * MIB, SECOND)).isFalse();
    assertThat(space.isShort(64 * MIB, 2 * SECOND)).isFalse();
    assertThat(space.isShort(64 * MIB - 1, 3 * SECOND)).isTrue();
  }

  @Test
  void the_faster_it_fills_the_more_has_to_be_left() {
    assertThat(space.isShort(10_000 * MIB, SECOND)).isFalse();
    assertThat(space.isShort(9_000 * MIB, 2 * SECOND)).isFalse();
    assertThat(space.reserve()).isEqualTo(500 * MIB);
    assertThat(space.isShort(500 * MIB, 20 * SECOND)).isFalse();
    // 500 MiB a second, the half of what was seen before.
    assertThat(space.reserve()).isBetween(235 * MIB, 250 * MIB);
  }

  @Test
  void a_rate_beyond_what_memory_takes_is_not_believed() {
    assertThat(space.isShort(100_000 * MIB, SECOND)).isFalse();
    assertThat(space.isShort(90_000 * MIB, SECOND + 1000)).isFalse();
    assertThat(space.reserve()).isEqualTo(DiskSpace.FASTEST_BYTES_PER_SECOND / 2);
  }

  @Test
  void a_disk_that_is_emptied_needs_no_more_than_the_least() {
    assertThat(space.isShort(100 * MIB, SECOND)).isFalse();
    assertThat(space.isShort(1000 * MIB, 2 * SECOND)).isFalse();
    assertThat(space.reserve()).isEqualTo(64 * MIB);
  }

  @Test
  void the_less_is_left_the_sooner_it_is_looked_again() {
    space.isShort(10_000 * MIB, SECOND);
    assertThat(space.restNanos()).isEqualTo(50_000_000);
    space.isShort((64 + 4 * 4 * 41) * MIB, 2 * SECOND);
    assertThat(space.restNanos()).isBetween(39_000_000L, 41_000_000L);
    space.isShort(64 * MIB, 3 * SECOND);
    assertThat(space.restNanos()).isEqualTo(2_000_000);
  }
}
