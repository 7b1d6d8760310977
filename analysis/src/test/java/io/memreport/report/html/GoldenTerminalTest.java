// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.PostMortem;
import io.memreport.report.TerminalReport;
import io.memreport.report.TerminalStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a terminal shows of each kind of ending, at three widths, with colours and in ASCII. After a
 * wanted change, {@code -Dgolden=update} rewrites the file; read the difference.
 */
class GoldenTerminalTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/memreport/report/terminal.txt");
  private static final int[] WIDTHS = {60, 80, 120};
  private static final Map<String, PostMortem> ENDINGS = Endings.all();

  /** The file has each width in plain text, and one with colours and one in ASCII. */
  @Test
  void shows_what_the_golden_text_shows() throws IOException {
    Map<String, TerminalStyle> styles = new LinkedHashMap<>();
    for (int width : WIDTHS) {
      styles.put(width + " columns", new TerminalStyle(false, width, false));
    }
    styles.put("80 columns, colours", new TerminalStyle(true, 80, false));
    styles.put("80 columns, LC_ALL=C", new TerminalStyle(false, 80, true));
    StringBuilder text = new StringBuilder();
    ENDINGS.forEach(
        (ending, postMortem) -> {
          Map<String, String> seen = new HashMap<>();
          styles.forEach(
              (name, style) -> {
                String shown = shown(postMortem, style).replace("\u001b", "<ESC>");
                String same = seen.putIfAbsent(shown, name);
                text.append("== ").append(ending).append(", ").append(name).append('\n');
                text.append(same == null ? shown : "As with " + same + ".\n").append('\n');
              });
        });
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(GOLDEN, text);
    }
    assertThat(text.toString()).isEqualTo(Files.readString(GOLDEN));
  }

  static Stream<Arguments> everyEndingAtEveryWidth() {
    return ENDINGS.keySet().stream()
        .flatMap(ending -> Arrays.stream(WIDTHS).mapToObj(width -> Arguments.of(ending, width)));
  }

  @ParameterizedTest
  @MethodSource("everyEndingAtEveryWidth")
  void colours_and_ascii_change_no_word(String ending, int width) {
    PostMortem postMortem = ENDINGS.get(ending);
    String plain = shown(postMortem, new TerminalStyle(false, width, false));
    String coloured = shown(postMortem, new TerminalStyle(true, width, false));
    assertThat(coloured).contains("\u001b[1").isNotEqualTo(plain);
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
    String ascii = shown(postMortem, new TerminalStyle(false, width, true));
    assertThat(ascii).matches("[\\n -~]*").doesNotContain("\\u");
    assertThat(words(ascii)).isEqualTo(words(plain));
  }

  @ParameterizedTest
  @MethodSource("everyEndingAtEveryWidth")
  void only_what_is_copied_is_wider_than_the_terminal(String ending, int width) {
    shown(ENDINGS.get(ending), new TerminalStyle(false, width, false))
        .lines()
        .filter(line -> line.length() > width)
        .forEach(line -> assertThat(line).startsWith("       "));
  }

  private static List<String> words(String text) {
    return Arrays.asList(text.replaceAll("\\P{Alnum}+", " ").strip().split(" "));
  }

  private static String shown(PostMortem postMortem, TerminalStyle style) {
    StringWriter out = new StringWriter();
    new TerminalReport(new PrintWriter(out, true), style)
        .printShort(postMortem, Path.of("/reports/report.html"));
    return out.toString();
  }
}
