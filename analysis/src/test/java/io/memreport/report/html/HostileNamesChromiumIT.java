// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.report.KilledForks;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that try to be markup, script, layout or templates. */
class HostileNamesChromiumIT {
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

  static Stream<String> names() {
    return Stream.of(
        "select '</script><img src=x onerror=alert(1)>' --><!--",
        "\"><svg onload=alert(1)> ' onmouseover='alert(1)",
        "${7*7} <#assign x=1> [=1] `${alert(1)}`",
        "\u202Egnol \u2066si\u2028\u2029 \u0000\u001B[31m \uD800 \uFEFF",
        "😀👩‍👩‍👧‍👦 é 名前 اسم",
        "W".repeat(100_000),
        "select x from t ".repeat(7_000));
  }

  @ParameterizedTest
  @MethodSource("names")
  void areTextAndNothingElse(String name) {
    browser.open(Pages.of(Suite.hostile(name)), "");
    assertThat(browser.count("img, script:not([src]) ~ img, [onload], [onerror], [onmouseover]"))
        .isZero();
    assertThat(browser.count("script")).isEqualTo(2);
    assertThat(browser.count("#tests tbody tr")).isEqualTo(1);
    assertThat((Long) browser.run("return document.documentElement.scrollWidth - innerWidth"))
        .as("page wider than the window")
        .isLessThanOrEqualTo(0);
    assertThat((Long) browser.run("return document.documentElement.scrollHeight"))
        .as("page height")
        .isLessThan(30_000);
    assertThat(browser.complaints()).isEmpty();
    browser.find("#tests a.related").click();
    assertThat(browser.count("#queries tbody tr")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("names")
  void ofProcessesCgroupsAndLogLinesAreTextToo(String name) {
    browser.open(Pages.of(KilledForks.hostile(name)), "");
    assertThat(browser.count("img, script:not([src]) ~ img, [onload], [onerror], [onmouseover]"))
        .isZero();
    assertThat(browser.count("script")).isEqualTo(2);
    assertThat(browser.count("#kill .lines li")).isEqualTo(1);
    assertThat(browser.count("#forks tbody tr")).isEqualTo(3);
    assertThat((Long) browser.run("return document.documentElement.scrollWidth - innerWidth"))
        .as("page wider than the window")
        .isLessThanOrEqualTo(0);
    assertThat((Long) browser.run("return document.documentElement.scrollHeight"))
        .as("page height")
        .isLessThan(30_000);
    assertThat(browser.complaints()).isEmpty();
  }
}
