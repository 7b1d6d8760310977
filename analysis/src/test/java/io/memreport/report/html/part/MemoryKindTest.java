// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryKindTest {
  /** The contrast of WCAG 2.2, of which AA wants 4.5 for text. */
  @ParameterizedTest
  @EnumSource
  void text_on_its_colour_can_be_read(MemoryKind kind) {
    double one = luminance(kind.colour) + 0.05;
    double other = luminance(kind.ink()) + 0.05;
    assertThat(Math.max(one, other) / Math.min(one, other)).isGreaterThanOrEqualTo(4.5);
  }

  private static double luminance(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
  }

  private static double linear(int part) {
    double share = (part & 0xFF) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
