// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.OutputType;

/** What one sees without scrolling, on a desk and on a phone; a picture of each is kept. */
class FirstScreenChromiumIT {
  private static final Path PICTURES = Path.of("target/screenshots");

  /** A size of the window. */
  private record Screen(String name, int width, int height) {}

  private static final List<Screen> SCREENS =
      List.of(
          new Screen("desk", 1400, 900),
          new Screen("tablet", 800, 1000),
          new Screen("phone", 390, 844));

  @Test
  void tells_what_happened_and_what_to_do_without_scrolling() throws IOException {
    Files.createDirectories(PICTURES);
    try (Browser browser = new Browser(true)) {
      Endings.all()
          .forEach(
              (name, postMortem) -> {
                String page = Pages.of(postMortem);
                for (Screen screen : SCREENS) {
                  for (String scheme : List.of("light", "dark")) {
                    show(browser, page, screen, scheme);
                    picture(browser, name + "-" + screen.name() + "-" + scheme + ".png");
                    assertThat(bottom(browser, "h1")).isLessThan(screen.height() / 2.0);
                    if (browser.count("#verdict .fix") > 0) {
                      assertThat(bottom(browser, "#verdict .fix"))
                          .as("%s on a %s", name, screen.name())
                          .isLessThanOrEqualTo(screen.height());
                    }
                    assertThat(Layout.faults(browser))
                        .as("%s on a %s", name, screen.name())
                        .isEmpty();
                    assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                        .as("%s on a %s", name, screen.name())
                        .isLessThanOrEqualTo(screen.width());
                  }
                }
              });
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void what_a_designer_sees_at_once_is_noticed() {
    String page = Pages.of(Suite.guilty());
    try (Browser browser = new Browser(true)) {
      show(browser, page, SCREENS.get(0), "light");
      assertThat(Layout.faults(browser)).isEmpty();
      browser.run(
          "document.querySelectorAll('.focus .at text').forEach(t => t.setAttribute('x', '50%'));"
              + " document.querySelector('.map .box').setAttribute('width', 9);"
              + " document.querySelector('#evidence td.text').style.cssText ="
              + " 'width: 50px; min-width: 0; max-width: 50px; height: 90px; display: inline-block';"
              + " document.querySelector('.plot .axis').textContent = '64.0 MiB';"
              + " document.querySelector('#theme').style.marginLeft = '2000px';");
      assertThat(String.join("\n", Layout.faults(browser)))
          .contains("lies over", "is cut", "is squeezed", "64.0 MiB is not round", "the head");
    }
  }

  @Test
  void each_place_of_a_fix_has_its_text_and_a_button_that_copies_it() {
    try (Browser browser = new Browser(true)) {
      browser.open(Pages.of(Suite.guilty()), "");
      assertThat(browser.texts("#verdict .tabs label"))
          .containsExactly("JDBC URL", "PRAGMA", "SQLiteConfig", "HikariCP", "Spring Boot");
      assertThat(browser.find("#verdict .tabs figure:nth-of-type(1)").isDisplayed()).isTrue();
      browser.find("#verdict .tabs label:nth-of-type(2)").click();
      assertThat(browser.find("#verdict .tabs figure:nth-of-type(1)").isDisplayed()).isFalse();
      assertThat(browser.find("#verdict .tabs figure:nth-of-type(2)").getText())
          .startsWith("PRAGMA cache_size=-16000;");
      browser.find("#verdict .tabs figure:nth-of-type(2) button").click();
      assertThat(
              browser.driver.executeAsyncScript(
                  "const done = arguments[0]; setTimeout(() => done(document.querySelector("
                      + "'#verdict .tabs figure:nth-of-type(2) button').textContent), 300)"))
          .isEqualTo("Copied");
    }
  }

  private static void show(Browser browser, String page, Screen screen, String scheme) {
    browser.driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            screen.width(),
            "height",
            screen.height(),
            "deviceScaleFactor",
            1,
            "mobile",
            screen.width() < 500));
    browser.driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.open(page, "");
  }

  private static double bottom(Browser browser, String css) {
    return ((Number)
            browser.run(
                "return document.querySelector(arguments[0]).getBoundingClientRect().bottom", css))
        .doubleValue();
  }

  private static void picture(Browser browser, String name) {
    try {
      Files.write(PICTURES.resolve(name), browser.driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
