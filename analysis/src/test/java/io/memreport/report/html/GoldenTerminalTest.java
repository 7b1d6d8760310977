// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.PostMortem;
import io.memreport.report.KilledForks;
import io.memreport.report.TerminalReport;
import io.memreport.report.TerminalStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a terminal shows of each kind of ending, at three widths, with colours and in ASCII. After a
 * wanted change, {@code -Dgolden=update} rewrites the file; read the difference.
 */
class GoldenTerminalTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/memreport/report/terminal.txt");

  @Test
  void shows_what_the_golden_text_shows() throws IOException {
    Map<String, PostMortem> endings = new LinkedHashMap<>();
    endings.put("leak", Suite.guilty());
    endings.put("killed forks", KilledForks.postMortem());
    endings.put("clean", Suite.clean());
    Map<String, TerminalStyle> styles = new LinkedHashMap<>();
    for (int width : new int[] {60, 80, 120}) {
      styles.put(width + " columns", new TerminalStyle(false, width, false));
    }
    styles.put("80 columns, colours", new TerminalStyle(true, 80, false));
    styles.put("80 columns, LC_ALL=C", new TerminalStyle(false, 80, true));
    StringBuilder text = new StringBuilder();
    endings.forEach(
        (ending, postMortem) ->
            styles.forEach(
                (name, style) ->
                    text.append("== ")
                        .append(ending)
                        .append(", ")
                        .append(name)
                        .append('\n')
                        .append(shown(postMortem, style).replace("\u001b", "<ESC>"))
                        .append('\n')));
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(GOLDEN, text);
    }
    assertThat(text.toString()).isEqualTo(Files.readString(GOLDEN));
  }

  private static String shown(PostMortem postMortem, TerminalStyle style) {
    StringWriter out = new StringWriter();
    new TerminalReport(new PrintWriter(out, true), style)
        .printShort(postMortem, Path.of("/reports/report.html"));
    return out.toString();
  }
}
