// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ten thousand tests and two thousand queries; prints how long a reader waits. */
class LargePageChromiumIT {
  @Test
  void staysUsableAndKeepsEveryRowWithinReach() {
    String page = Pages.of(Suite.large(10_000, 2_000));
    try (Browser browser = new Browser(true)) {
      browser.open(page, "#test-n4242");
      print(
          "opened",
          browser.run("const t = performance.timing; return t.loadEventEnd - t.navigationStart"));
      assertThat(browser.find("#test-n4242 .name").getText()).isEqualTo("case4242");
      assertThat(browser.find("#tests-count").getText()).contains("of 10,000");
      assertThat(browser.count("#tests > tbody > tr:not(.panel)")).isLessThanOrEqualTo(101);
      assertThat(browser.count("#test-n0")).as("named in the verdict").isEqualTo(1);

      print("sorted", timed(browser, "document.querySelectorAll('#tests th button')[1].click()"));
      assertThat(browser.find("#tests tbody tr:first-child .name").getText()).isEqualTo("case9999");
      print("filtered", timed(browser, filter("case7")));
      assertThat(browser.find("#tests-count").getText()).contains("1,111 match");
      print("filtered to one", timed(browser, filter("bulk99test case4999")));
      assertThat(browser.texts("#tests tbody .name")).containsExactly("case4999");

      browser.find("#test-n4999 a.related").click();
      assertThat(browser.count("#queries tbody tr")).isEqualTo(2);
      assertThat(browser.count("#query-q999")).isEqualTo(1);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aRowThatTheScriptBuildsReadsLikeOneOfTheMarkup() {
    try (Browser browser = new Browser(true)) {
      browser.open(Pages.of(Suite.large(600, 10)), "");
      String cells =
          "return [...document.querySelectorAll('#test-%s td')].map(c => c.textContent + c.title).join()";
      String markup = (String) browser.run(cells.formatted("n599"));
      assertThat(markup).contains("585 KiB599,000 bytes");
      browser.find("#tests-section .tools input").sendKeys("case7 ");
      browser.run(filter("case77"));
      String built = (String) browser.run(cells.formatted("n77"));
      assertThat(built)
          .startsWith("75.2 KiB77,000 bytes,2.08 MiB2,176,000 bytes,110 MiB115,343,360 bytes,0 B,")
          .endsWith("877 ms877,000,000 nanoseconds,2 queries");
    }
  }

  private static String filter(String text) {
    return "const b = document.querySelector('#tests-section .tools input'); b.value = '"
        + text
        + "'; b.dispatchEvent(new Event('input'));";
  }

  private static Object timed(Browser browser, String script) {
    return browser.run(
        "const t = performance.now(); "
            + script
            + "; document.body.offsetHeight; return Math.round(performance.now() - t)");
  }

  private static void print(String what, Object millis) {
    System.out.println("10,000 tests and 2,000 queries " + what + " in " + millis + " ms");
  }
}
