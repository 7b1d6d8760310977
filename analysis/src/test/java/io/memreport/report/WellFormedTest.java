// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Halves of characters. */
class WellFormedTest {
  @ParameterizedTest
  @CsvSource({"plain, plain", "\uD83D\uDE00 whole, \uD83D\uDE00 whole"})
  void what_is_whole_stays(String raw, String text) {
    assertThat(WellFormed.text(raw)).isEqualTo(text);
  }

  @Test
  void each_half_is_replaced() {
    assertThat(WellFormed.text("\uD800")).isEqualTo("\ufffd");
    assertThat(WellFormed.text("a\uDC00b")).isEqualTo("a\ufffdb");
    assertThat(WellFormed.text("\uDC00\uD800")).isEqualTo("\ufffd\ufffd");
    assertThat(WellFormed.text("\uD800\uD83D\uDE00")).isEqualTo("\ufffd\uD83D\uDE00");
  }
}
