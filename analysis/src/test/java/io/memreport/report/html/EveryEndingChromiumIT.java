// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.PostMortem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the page of every kind of ending. */
class EveryEndingChromiumIT {
  private static final Map<String, PostMortem> ENDINGS = Endings.all();
  private static final Pattern SHEET = Pattern.compile("/Type\\s*/Page\\b");
  private static Browser browser;

  @BeforeAll
  static void start() {
    browser = new Browser(true);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  static Stream<String> endings() {
    return ENDINGS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("endings")
  void everybodyCanUseIt(String ending) {
    String page = Pages.of(ENDINGS.get(ending));
    for (String scheme : List.of("light", "dark")) {
      media("", scheme);
      browser.open(page, "");
      assertThat(Axe.violations(browser)).as(scheme).isEmpty();
    }
    browser.run("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    browser.settle();
    assertThat(Axe.violations(browser)).as("all open").isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void axeFindsWhatIsWrong() {
    browser.open("<html lang='en'><title>t</title><main><h1>t</h1><img src='data:,'></main>", "");
    assertThat(Axe.violations(browser)).anyMatch(violation -> violation.startsWith("image-alt"));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void printsAsASummaryOfAtMostFivePages(String ending) {
    browser.open(Pages.of(ENDINGS.get(ending)), "");
    assertThat(sheets()).isBetween(1, 5);
  }

  @Test
  void whatIsOpenIsPrintedToo() {
    browser.open(Pages.of(ENDINGS.get("clean")), "");
    int summary = sheets();
    media("print", "light");
    assertThat(browser.find("#test-n39").isDisplayed()).isTrue();
    assertThat(browser.find("#test-n5").isDisplayed()).isFalse();
    assertThat(browser.find(".printed").isDisplayed()).isTrue();
    browser.run("document.querySelector('#test-n5 details').open = true");
    browser.settle();
    assertThat(browser.find("#test-n5").isDisplayed()).isTrue();
    browser.run("document.querySelectorAll('#tests details').forEach(d => { d.open = true; })");
    browser.settle();
    assertThat(sheets()).isGreaterThan(summary);
    media("", "light");
  }

  @Test
  void twentyForksAreOnePage() {
    browser.driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 1400, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    browser.open(Pages.of(ENDINGS.get("many-forks")), "");
    assertThat(browser.count("#forks tbody tr")).isEqualTo(20);
    assertThat((Long) browser.run("return document.documentElement.scrollHeight"))
        .isLessThanOrEqualTo(6_000);
    browser.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  private static int sheets() {
    Map<String, Object> printed =
        browser.driver.executeCdpCommand(
            "Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69));
    byte[] pdf = Base64.getDecoder().decode((String) printed.get("data"));
    String text = new String(pdf, StandardCharsets.ISO_8859_1);
    return (int) SHEET.matcher(text).results().count();
  }

  private static void media(String media, String scheme) {
    browser.driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            media,
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }
}
