// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

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

  /** No text of the script goes over a line, so that nothing of it is lost. */
  private static final Pattern COMMENT_OR_INDENT = Pattern.compile("(?m)^[ ]*//.*\\n|^[ ]+");

  private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0\n";

  private PageScript() {}

  static String text() throws IOException {
    StringBuilder text = new StringBuilder(LICENCE).append("(() => {\n'use strict';\n");
    for (String part : PARTS) {
      text.append(
          COMMENT_OR_INDENT.matcher(HtmlReport.resource("script/" + part + ".js")).replaceAll(""));
    }
    return text.append("})();\n").toString();
  }
}
