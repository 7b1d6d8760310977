// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The page where script, or script and style, are blocked. */
class BlockedPageChromiumIT {
  /** What Jenkins sends with archived files. */
  private static final String JENKINS =
      "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self'";

  @Test
  void readsWithScriptsOff() {
    try (Browser browser = new Browser(false)) {
      browser.open(Pages.of(Suite.guilty()), "");
      assertReadable(browser);
      assertThat(browser.driver.findElements(org.openqa.selenium.By.cssSelector("button")))
          .isEmpty();
    }
  }

  @Test
  void readsUnderThePolicyOfJenkinsAndAsksForNothingElse() throws IOException {
    byte[] page = Pages.of(Suite.guilty()).getBytes(StandardCharsets.UTF_8);
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
          exchange.getResponseHeaders().add("Content-Security-Policy", JENKINS);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    try (Browser browser = new Browser(true)) {
      int port = server.getAddress().getPort();
      browser.driver.get("http://127.0.0.1:" + port + "/report.html");
      assertReadable(browser);
      assertThat(asked).containsExactly("/report.html");
    } finally {
      server.stop(0);
    }
  }

  private static void assertReadable(Browser browser) {
    assertThat(browser.find("h1").getText()).contains("62.1 MiB");
    assertThat(browser.find("#memory table").getText()).contains("SQLite heap 48.0 MiB");
    assertThat(browser.find("#memory svg.bar rect[x]").getSize().getWidth()).isPositive();
    assertThat(browser.find("#charts .area").getSize().getWidth()).isGreaterThan(300);
    assertThat(browser.texts("#tests tbody tr")).hasSize(25);
    assertThat(browser.find("#query-q-sort").getText()).contains("40.5 MiB");
  }
}
