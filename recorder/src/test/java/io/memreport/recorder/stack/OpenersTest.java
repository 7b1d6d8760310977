// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenersTest {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final long now = System.nanoTime() + 2 * SECOND_NANOS;
  private final Openers openers = new Openers();

  @Test
  void connections_that_are_closed_one_after_the_other_are_looked_at_so_often_a_second() {
    assertThat(looks(Openers.WALKS_PER_SECOND + 100, now)).isEqualTo(Openers.WALKS_PER_SECOND);
    assertThat(looks(10, now + SECOND_NANOS - 1)).isZero();
    assertThat(looks(10, now + SECOND_NANOS)).isEqualTo(10);
  }

  @Test
  void each_connection_counts_once_they_add_up() {
    looks(Openers.WALKS_PER_SECOND, now);
    for (int i = 0; i < Openers.FEW; i++) {
      assertThat(openers.isWorthALook(now)).isFalse();
    }
    assertThat(openers.isWorthALook(now)).isTrue();
    openers.closed();
    openers.closed();
    assertThat(openers.isWorthALook(now)).isFalse();
    assertThat(openers.isWorthALook(now)).isTrue();
    openers.forget();
    assertThat(openers.isWorthALook(now)).isFalse();
  }

  private int looks(int times, long at) {
    int looks = 0;
    for (int i = 0; i < times; i++) {
      looks += openers.isWorthALook(at) ? 1 : 0;
      openers.closed();
    }
    return looks;
  }
}
