// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.PostMortem;
import io.memreport.report.JsonReport;
import io.memreport.report.KilledForks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
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
  void everyAnchorIsUniqueAndEveryLinkHasItsRow() {
    for (PostMortem postMortem :
        List.of(
            Suite.guilty(),
            Suite.twice(),
            Suite.empty(),
            Suite.hostile("a b<"),
            KilledForks.postMortem(),
            KilledForks.hostile("a b<"))) {
      String page = Pages.of(postMortem);
      List<String> ids = all(page, " id=\"([^\"]*)\"");
      assertThat(ids).doesNotHaveDuplicates();
      assertThat(ids).containsAll(all(page, "href=\"#([^\"]*)\""));
    }
  }

  @Test
  void everyRunHasItsLedgerItsPlotAndItsOwnRows() {
    String page = Pages.of(Suite.twice());
    assertThat(all(page, "svg class=\"(plot|bar)\"")).containsExactly("bar", "bar", "plot", "plot");
    assertThat(page)
        .contains("id=\"test-cache\"")
        .contains("id=\"test-cache.2\"")
        .contains("<title>killed</title>");
  }

  @Test
  void aColumnThatNobodyMeasuredIsANoteWithItsReasonAndNeverZero() {
    String page = Pages.of(Suite.unmeasured());
    String row = page.substring(page.indexOf("<tr id=\"test-bare\""));
    row = row.substring(0, row.indexOf("</tr>"));
    assertThat(page)
        .contains("SQLite heap, retained: musl is not supported.")
        .contains("SQLite heap, peak: musl is not supported.")
        .contains("Java heap, retained: needs leaks=gc.")
        .contains("duration: not measured.");
    assertThat(row).doesNotContain("0 B").doesNotContain("unknown\"");
  }

  private static List<String> all(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(m -> m.group(1)).toList();
  }

  @Test
  void anEmptyReportIsSmall() {
    assertThat(Pages.of(Suite.empty()).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(60_000);
  }

  @Test
  void aReportOfASmallSuiteIsSmall() {
    assertThat(Pages.of(Suite.guilty()).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(150_000);
  }

  @Test
  void aTypicalReportIsUnderAMegabyte() {
    assertThat(Pages.of(Suite.large(400, 200)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(1_000_000);
  }

  @Test
  void whatIsShownReadsBackFromJson() throws IOException {
    for (PostMortem shown :
        List.of(
            Suite.guilty(),
            Suite.twice(),
            Suite.large(50, 20),
            Suite.empty(),
            Suite.unmeasured(),
            Suite.hostile("\u0000</script>\"\\"))) {
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      JsonReport.write(shown, json);
      assertThat(JsonReport.read(new ByteArrayInputStream(json.toByteArray()))).isEqualTo(shown);
    }
  }
}
