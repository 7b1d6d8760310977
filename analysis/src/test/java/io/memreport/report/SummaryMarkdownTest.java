// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.PostMortem;
import io.memreport.model.Quality;
import io.memreport.model.Timeline;
import io.memreport.model.shared.Shared;
import io.memreport.model.shared.SharedLimits;
import io.memreport.model.sql.ServiceFacts;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Confidence;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Finding;
import io.memreport.model.verdict.Severity;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves the report as text: no name in it is markup, moves a cursor, or breaks the limit. */
class SummaryMarkdownTest {
  private static final String HOSTILE =
      "a|b <img src=x onerror=alert(1)> [link](http://x) `code` \u202Eevil\u001b[2J\n# heading";

  @Test
  void escapes_what_would_be_markup() {
    String summary = SummaryMarkdown.of(report(1));
    assertThat(summary).contains("`` a\\|b <img src=x onerror=alert(1)> [link](http://x) `code`");
    assertThat(withoutCode(summary))
        .contains("&lt;img")
        .contains("\\[link\\](http://x)")
        .contains("a\\|b")
        .doesNotContain("<img")
        .doesNotContain("\u202E")
        .doesNotContain("\u001b")
        .doesNotContain("\n# heading");
  }

  @Test
  void fits_the_page_of_a_ci_job_however_much_was_found() {
    assertThat(SummaryMarkdown.of(report(5000)))
        .hasSizeLessThan(64 << 10)
        .contains("more in report.html");
  }

  @Test
  void the_terminal_shows_names_on_one_line_and_no_more_than_fits() {
    StringWriter text = new StringWriter();
    new TerminalReport(new PrintWriter(text, true), TerminalStyle.PLAIN).print(report(5000));
    assertThat(text.toString())
        .doesNotContain("\u001b")
        .doesNotContain("\n# heading")
        .contains("more in the report");
    assertThat(text.toString().lines()).hasSizeLessThan(40);
  }

  @Test
  void tells_who_killed_a_run_and_how_many_forks_fit() {
    String summary = SummaryMarkdown.of(KilledForks.postMortem());
    assertThat(summary)
        .startsWith("## 🔴 The kernel killed the JVM at 300 MiB")
        .contains("by the kernel, at the limit of its cgroup, certain")
        .contains("- Ended by: the kernel, at the limit of its cgroup")
        .contains("- Limit: 300 MiB of memory, 300 MiB used, of the cgroup /ci/job-7")
        .contains("java (pid 101) with 131 MiB, and 1 more with it")
        .contains("3 as large as the largest need 390 MiB, the limit is 300 MiB: 2 fit")
        .contains("| run-a | 130 MiB | 130 MiB | died first |")
        .contains("**Fix:** Run 2 forks at a time")
        .contains("```\n<forkCount>2</forkCount>\n```");
  }

  @Test
  void escapes_what_processes_and_log_lines_say() {
    assertThat(withoutCode(SummaryMarkdown.of(KilledForks.hostile(HOSTILE))))
        .contains("&lt;img")
        .doesNotContain("<img")
        .doesNotContain("\u202E")
        .doesNotContain("\u001b")
        .doesNotContain("\n# heading");
  }

  @Test
  void the_terminal_tells_of_the_kill_and_its_forks_in_a_few_lines() {
    StringWriter text = new StringWriter();
    new TerminalReport(new PrintWriter(text, true), TerminalStyle.PLAIN)
        .print(KilledForks.hostile(HOSTILE));
    assertThat(text.toString())
        .contains("Ended by: the kernel, at the limit of its cgroup")
        .contains("run-b held 90.0 MiB, at most 90.0 MiB, lived on")
        .contains("<forkCount>2</forkCount>")
        .doesNotContain("\u001b")
        .doesNotContain("\n# heading");
    assertThat(text.toString().lines()).hasSizeLessThan(60);
  }

  /** In a code span nothing is markup: it ends at as many backticks as it began with. */
  private static String withoutCode(String markdown) {
    return markdown.replaceAll("(?<![`\\\\])(`+)(?!`).*?(?<!`)\\1(?!`)", "");
  }

  private static PostMortem report(int findings) {
    Finding finding =
        new Finding("sqlite.sort-in-memory", Severity.WARNING, HOSTILE, HOSTILE, HOSTILE, "t1");
    return new PostMortem(
        "memreport/1",
        new Verdict(
            VerdictKind.LEAK,
            null,
            Cause.SQLITE_SORT,
            Confidence.LIKELY,
            HOSTILE,
            List.of(new Culprit("test", "t1", HOSTILE, 1L)),
            Collections.nCopies(findings, new Evidence(HOSTILE, "recording", null)),
            List.of(HOSTILE)),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Shared(SharedLimits.UNKNOWN, List.of()),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Collections.nCopies(findings, finding),
        new Quality(null, 0, Collections.nCopies(findings, HOSTILE)),
        new Timeline(List.of(), List.of()),
        List.of(),
        null,
        List.of(),
        List.of(),
        ServiceFacts.NONE,
        List.of(),
        List.of());
  }
}
