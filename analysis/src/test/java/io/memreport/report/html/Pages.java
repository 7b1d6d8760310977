// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.model.PostMortem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Post-mortems as page text. */
final class Pages {
  private Pages() {}

  static String of(PostMortem postMortem) {
    StringWriter out = new StringWriter();
    try {
      HtmlReport.write(postMortem, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }
}
