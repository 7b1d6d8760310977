// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The rules of axe-core on a page that a browser shows. */
final class Axe {
  private static final String SCRIPT = script();

  private Axe() {}

  /** Each element that breaks a rule, with the rule. */
  @SuppressWarnings("unchecked")
  static List<String> violations(Browser browser) {
    // Chromium's protocol, unlike a script element, is not subject to the page's own policy.
    browser.run(SCRIPT);
    return (List<String>)
        browser.driver.executeAsyncScript(
            "const done = arguments[arguments.length - 1];"
                + "axe.run(document, { resultTypes: ['violations'] }).then(result => done("
                + "result.violations.flatMap(rule => rule.nodes.map(node =>"
                + " rule.id + ': ' + node.html.slice(0, 200) + ' ' + node.failureSummary.slice(0, 300)))),"
                + " error => done(['axe failed: ' + error]))");
  }

  private static String script() {
    try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
