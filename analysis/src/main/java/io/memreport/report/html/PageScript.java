// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import java.io.IOException;
import java.util.List;

/**
 * The page's script, of a file for each idea. It only enhances: all of it works on markup that
 * reads without it. The files share one scope; each uses names of those before it.
 */
final class PageScript {
  static final List<String> PARTS =
      List.of(
          "elements",
          "units",
          "address",
          "test-curve",
          "tables",
          "map",
          "links",
          "theme",
          "copy",
          "timeline",
          "start");

  private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0\n";

  private PageScript() {}

  static String text() throws IOException {
    StringBuilder text = new StringBuilder(LICENCE).append("(() => {\n'use strict';\n");
    for (String part : PARTS) {
      text.append(HtmlReport.resource("script/" + part + ".js").replace(LICENCE, ""));
    }
    return text.append("})();\n").toString();
  }
}
