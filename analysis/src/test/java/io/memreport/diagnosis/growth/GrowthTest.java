// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.ASample;
import io.memreport.model.memory.MemorySample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samples that lost sight of memory for a moment: nobody freed it, and nobody took it. */
class GrowthTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** When tests began. */
  private final List<Instant> starts = new ArrayList<>();

  @Test
  void what_is_back_within_a_second_was_never_gone() {
    assertThat(kept(300, 62, 0, 13, 62, 63)).containsExactly(62L, 62L, 63L);
  }

  @Test
  void what_is_back_later_was() {
    assertThat(kept(1000, 62, 13, 62)).containsExactly(62L, 13L, 62L);
  }

  @Test
  void what_falls_and_stays_low_is_given_back() {
    assertThat(kept(100, 62, 13, 14, 19)).containsExactly(62L, 13L, 14L, 19L);
  }

  @Test
  void a_fall_by_a_third_is_no_dip() {
    assertThat(kept(100, 60, 40, 60)).containsExactly(60L, 40L, 60L);
    assertThat(kept(100, 61, 40, 61)).containsExactly(61L, 61L);
  }

  @Test
  void what_grows_beyond_what_was_gone_is_new() {
    assertThat(kept(100, 13, 1, 1, 240)).containsExactly(13L, 1L, 1L, 240L);
    assertThat(kept(100, 20, 1, 30)).containsExactly(20L, 30L);
    assertThat(kept(100, 20, 1, 31)).containsExactly(20L, 1L, 31L);
  }

  @Test
  void what_is_back_when_a_test_has_begun_is_of_that_test() {
    starts.add(NOON.plusMillis(299));
    assertThat(kept(100, 80, 0, 0, 80)).containsExactly(80L, 0L, 0L, 80L);
  }

  @Test
  void what_is_back_before_a_test_begins_was_never_gone() {
    starts.add(NOON.plusMillis(99));
    starts.add(NOON.plusMillis(301));
    assertThat(kept(100, 80, 0, 0, 80)).containsExactly(80L, 80L);
  }

  private List<Long> kept(int millis, long... bytes) {
    List<MemorySample> samples = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      samples.add(ASample.of("r", NOON.plusMillis((long) i * millis)).metaspace(bytes[i]).build());
    }
    return Growth.withoutDips(samples, MemorySample::metaspaceBytes, starts).stream()
        .map(MemorySample::metaspaceBytes)
        .toList();
  }
}
