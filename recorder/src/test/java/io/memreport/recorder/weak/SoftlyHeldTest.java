// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.weak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SoftlyHeldTest {
  @Test
  void arrays_count_by_the_size_of_their_elements() {
    assertThat(SoftlyHeld.size(new byte[100])).isEqualTo(116);
    assertThat(SoftlyHeld.size(new char[100])).isEqualTo(216);
    assertThat(SoftlyHeld.size(new short[100])).isEqualTo(216);
    assertThat(SoftlyHeld.size(new int[100])).isEqualTo(416);
    assertThat(SoftlyHeld.size(new float[100])).isEqualTo(416);
    assertThat(SoftlyHeld.size(new long[100])).isEqualTo(816);
    assertThat(SoftlyHeld.size(new double[100])).isEqualTo(816);
    assertThat(SoftlyHeld.size("x".repeat(100))).isEqualTo(116);
  }

  @Test
  void what_is_not_known_to_be_large_counts_nothing() {
    assertThat(SoftlyHeld.size(List.of(1, 2))).isZero();
    assertThat(SoftlyHeld.size(null)).isZero();
  }
}
