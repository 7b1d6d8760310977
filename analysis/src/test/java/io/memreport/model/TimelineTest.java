// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.memory.MemorySample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimelineTest {
  private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

  @Test
  void an_end_long_after_the_last_sample_is_known() {
    assertThat(timeline(0, 50, 100, 150).sinceLastSample(run(Ending.KILLED, 4_150)))
        .isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void twice_the_usual_time_is_not_long() {
    assertThat(timeline(0, 50, 100, 150).sinceLastSample(run(Ending.KILLED, 250))).isNull();
    assertThat(timeline(0, 50, 100, 150).sinceLastSample(run(Ending.KILLED, 251))).isNotNull();
  }

  @Test
  void one_gap_in_the_middle_changes_nothing() {
    assertThat(timeline(0, 50, 100, 9_000, 9_050).sinceLastSample(run(Ending.KILLED, 9_200)))
        .isEqualTo(Duration.ofMillis(150));
  }

  @Test
  void nothing_is_said_of_an_orderly_end_or_without_samples() {
    assertThat(timeline(0, 50).sinceLastSample(run(Ending.CLEAN, 9_000))).isNull();
    assertThat(timeline(0).sinceLastSample(run(Ending.KILLED, 9_000))).isNull();
    assertThat(timeline().sinceLastSample(run(Ending.KILLED, 9_000))).isNull();
  }

  private static Run run(Ending ending, long endMillis) {
    return new Run(
        "run",
        1L,
        NOON,
        NOON.plusMillis(endMillis),
        Role.TEST_FORK,
        ending,
        null,
        null,
        RunContext.NONE);
  }

  private static Timeline timeline(long... millis) {
    return new Timeline(LongStream.of(millis).mapToObj(TimelineTest::sample).toList(), List.of());
  }

  private static MemorySample sample(long millis) {
    return new MemorySample(
        "run",
        NOON.plusMillis(millis),
        1L,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
