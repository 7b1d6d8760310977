// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  @Test
  void writesTheSameTextInEveryLocaleAndZone() {
    String page = Pages.of(Suite.guilty());
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
      assertThat(Pages.of(Suite.guilty())).isEqualTo(page);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void anEmptyReportIsSmall() {
    assertThat(Pages.of(Suite.empty()).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
  }

  @Test
  void aTypicalReportIsUnderAMegabyte() {
    assertThat(Pages.of(Suite.large(400, 200)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(1_000_000);
  }
}
