// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.input.jfr.Sums;
import io.memreport.input.run.Moments;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a damaged file may say, and nobody can have measured. */
class PlausibleTest {
  @Test
  void no_machine_has_so_many_bytes() {
    assertThat(Sums.plausible(1L << 56)).isEqualTo(1L << 56);
    assertThat(Sums.plausible((1L << 56) + 1)).isNull();
    assertThat(Sums.plausible(-(1L << 56))).isEqualTo(-(1L << 56));
    assertThat(Sums.plausible(-(1L << 56) - 1)).isNull();
    assertThat(Sums.plausible(Long.MIN_VALUE)).isNull();
  }

  @Test
  void a_gauge_is_never_below_zero() {
    assertThat(Sums.gauge(0)).isZero();
    assertThat(Sums.gauge(-1)).isNull();
    assertThat(Sums.gauge(Long.MAX_VALUE)).isNull();
  }

  @Test
  void no_run_was_before_its_machines_or_in_another_century() {
    assertThat(Moments.plausible(null)).isNull();
    assertThat(Moments.plausible(Instant.EPOCH)).isEqualTo(Instant.EPOCH);
    assertThat(Moments.plausible(Instant.EPOCH.minusMillis(1))).isNull();
    assertThat(Moments.plausible(Instant.parse("2200-01-01T00:00:00.001Z"))).isNull();
  }
}
