// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTicksTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({
    "3, 1",
    "256, 64",
    "300, 100",
    "320, 80",
    "350, 50",
    "400, 100",
    "512, 128",
    "640, 128",
    "700, 100",
    "1024, 256",
    "2048, 512",
    "3072, 1024",
    "4096, 1024",
    "6144, 2048"
  })
  void a_limit_is_one_of_them(long limit, long step) {
    assertThat(ByteTicks.step(2 * limit * MIB, limit * MIB)).isEqualTo(step * MIB);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "5, 1",
    "6, 2",
    "200, 50",
    "599, 100",
    "600, 200",
    "1199, 200",
    "1200, 512",
    "3071, 512",
    "3072, 1024",
    "600000, 102400"
  })
  void without_a_limit_there_are_at_most_five(long top, long step) {
    assertThat(ByteTicks.step(top * MIB, null)).isEqualTo(step * MIB);
  }

  @Test
  void of_a_limit_that_nothing_round_divides_they_are_round_all_the_same() {
    assertThat(ByteTicks.step(400 * MIB, 333 * MIB + 1)).isEqualTo(100 * MIB);
  }

  @ParameterizedTest
  @CsvSource({"64, 64 MiB", "1000, 1000 MiB", "1024, 1 GiB", "1536, 1.5 GiB", "1280, 1.25 GiB"})
  void a_label_has_no_digit_more_than_it_needs(long mib, String label) {
    assertThat(ByteTicks.label(mib * MIB)).isEqualTo(label);
  }
}
