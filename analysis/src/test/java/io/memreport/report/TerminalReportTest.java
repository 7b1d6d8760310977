// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees who waits before a terminal. */
class TerminalReportTest {
  private static final Path REPORT = Path.of("/reports/report.html");

  private static String shown(TerminalStyle style) {
    StringWriter out = new StringWriter();
    new TerminalReport(new PrintWriter(out, true), style)
        .printShort(KilledForks.postMortem(), REPORT);
    return out.toString();
  }

  @Test
  void the_verdict_its_reason_the_fix_and_the_path_are_told_in_eight_lines() {
    assertThat(shown(TerminalStyle.PLAIN).lines())
        .hasSizeLessThanOrEqualTo(8)
        .startsWith(
            "Killed for memory · by the kernel, at the limit of its cgroup · parallel forks · certain",
            "The kernel killed the JVM at 300 MiB: 3 JVMs together held 280 MiB; 2 would fit.")
        .contains("       <forkCount>2</forkCount>")
        .endsWith("Report: /reports/report.html");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void lines_are_wrapped_below_their_first_word(int width) {
    assertThat(shown(new TerminalStyle(false, width, false)).lines())
        .allMatch(line -> line.length() <= width)
        .anyMatch(line -> line.startsWith("  Fix: Run 2 forks at a time"));
  }

  @Test
  void a_terminal_narrower_than_sixty_columns_breaks_lines_itself() {
    assertThat(shown(new TerminalStyle(false, 20, false)))
        .isEqualTo(shown(new TerminalStyle(false, 60, false)));
  }

  @Test
  void colours_are_shown_where_they_are_wanted_only() {
    assertThat(shown(new TerminalStyle(true, 0, false))).startsWith("\u001b[1;31mKilled");
    assertThat(shown(TerminalStyle.PLAIN)).doesNotContain("\u001b");
  }

  @Test
  void in_the_c_locale_all_is_ascii() {
    String text = shown(new TerminalStyle(false, 0, true));
    assertThat(text).matches("[\\x00-\\x7f]*").startsWith("Killed for memory - by the kernel");
    assertThat(TerminalText.ascii("a → b … 5 µs – é 😀"))
        .isEqualTo("a -> b ... 5 us - \\u00E9 \\u1F600");
  }
}
