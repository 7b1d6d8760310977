// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.fixtures.AHeapDump;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;

/** The page of a heap dump; a picture of each size is kept. */
class HeapPageChromiumIT {
  private static final Path PICTURES = Path.of("target/screenshots");

  @Test
  void everybodyCanReadItOnADeskAndOnAPhone() throws IOException {
    StringWriter page = new StringWriter();
    HeapPage.write(AHeapDump.explained(), page);
    Files.createDirectories(PICTURES);
    try (Browser browser = new Browser(true)) {
      for (int width : List.of(1400, 390)) {
        for (String scheme : List.of("light", "dark")) {
          browser.driver.executeCdpCommand(
              "Emulation.setDeviceMetricsOverride",
              Map.of("width", width, "height", 844, "deviceScaleFactor", 1, "mobile", false));
          browser.driver.executeCdpCommand(
              "Emulation.setEmulatedMedia",
              Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
          browser.open(page.toString(), "");
          Files.write(
              PICTURES.resolve("heap-dump-" + width + "-" + scheme + ".png"),
              browser.driver.getScreenshotAs(OutputType.BYTES));
          assertThat(Axe.violations(browser)).as("%s, %s", width, scheme).isEmpty();
          assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
              .as("%s, %s", width, scheme)
              .isLessThanOrEqualTo(width);
        }
      }
      assertThat(browser.find("h1").getText()).endsWith("holds 40.0 MiB of 80.0 MiB (50 %).");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
