// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.00 KiB",
    "42506208, 40.5 MiB",
    "109619320, 105 MiB",
    "2147483648, 2.00 GiB",
    "-2048, -2.00 KiB",
    "9223372036854775807, 8.00 EiB"
  })
  void bytes(long bytes, String text) {
    assertThat(Units.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "12345, 12.3 µs",
    "1250000000, 1.25 s",
    "125000000000, 2:05 min",
    "3725000000000, 1:02:05 h"
  })
  void durations(long nanos, String text) {
    assertThat(Units.duration(nanos)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "125, 2:05 min", "172799, 47:59:59 h", "259200, 3 days"})
  void seconds(long seconds, String text) {
    assertThat(Units.seconds(seconds)).isEqualTo(text);
  }
}
