// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.process.ChildEndEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When a process ended. */
class ChildDataTest {
  private static final Instant NOTICED = Instant.parse("2026-11-20T12:00:02Z");

  @Test
  void what_a_tests_end_saw_counts_before_what_a_sample_noticed() {
    Instant seen = NOTICED.minusMillis(1800);
    assertThat(ended(seen.toEpochMilli())).isEqualTo(seen);
  }

  @Test
  void else_it_is_when_it_was_noticed() {
    assertThat(ended(MemreportEvent.UNKNOWN)).isEqualTo(NOTICED);
    assertThat(ended(NOTICED.plusMillis(1).toEpochMilli())).isEqualTo(NOTICED);
  }

  private static Instant ended(long goneMillis) {
    ChildData child = new ChildData(70, 1);
    ChildEndEvent event = new ChildEndEvent();
    event.goneMillis = goneMillis;
    child.ended(event, NOTICED);
    return child.endedAt;
  }
}
