// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.TestResult;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Finding;
import io.memreport.report.words.Advice;
import io.memreport.report.words.Figures;
import io.memreport.report.words.ForkText;
import io.memreport.report.words.KillText;
import io.memreport.report.words.TestName;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** {@code summary.md}: the verdict for a CI job's page, well below the size that those take. */
public final class SummaryMarkdown {
  private static final int ROWS = 10;
  private static final int FINDINGS = 20;
  private static final int LONGEST_TEXT = 300;
  private static final int LONGEST_ADVICE = 800;

  private final StringBuilder out = new StringBuilder();

  private SummaryMarkdown() {}

  /** Renders a post-mortem in GitHub-flavoured Markdown. */
  public static String of(PostMortem postMortem) {
    return new SummaryMarkdown().render(postMortem);
  }

  private String render(PostMortem postMortem) {
    line("## " + text(postMortem.verdict().headline()));
    line("");
    line(
        "Verdict: **"
            + postMortem.verdict().kind().label()
            + "** · confidence: "
            + postMortem.verdict().confidence().label()
            + " · cause: "
            + postMortem.verdict().cause().label());
    line("");
    for (Evidence evidence : postMortem.verdict().evidence().stream().limit(FINDINGS).toList()) {
      line("- " + text(evidence.text()));
    }
    kill(postMortem);
    forks(postMortem);
    findings(postMortem);
    tests(postMortem.tests());
    queries(postMortem.queries());
    limits(postMortem);
    return out.toString();
  }

  private void kill(PostMortem postMortem) {
    List<String> lines = KillText.of(postMortem);
    if (!lines.isEmpty()) {
      line("");
      line("### How it ended");
      line("");
      lines.forEach(text -> line("- " + text(text)));
    }
  }

  private void forks(PostMortem postMortem) {
    if (postMortem.forks() == null) {
      return;
    }
    line("");
    line("### Forks");
    line("");
    line(text(ForkText.sum(postMortem.forks())) + ".");
    line("");
    line("| Fork | Held then | Most ever | | Tests that ran then |");
    line("| --- | ---: | ---: | --- | --- |");
    List<ForkText.Row> rows = ForkText.rows(postMortem);
    for (ForkText.Row row : rows) {
      line(
          "| "
              + text(row.fork())
              + " | "
              + row.held()
              + " | "
              + row.peak()
              + " | "
              + row.ending()
              + " | "
              + text(row.tests())
              + " |");
    }
    int more = postMortem.forks().shares().size() - rows.size();
    if (more > 0) {
      line("");
      line("and " + more + " more in report.html");
    }
  }

  private void findings(PostMortem postMortem) {
    List<Finding> findings = postMortem.findings();
    List<String> kills = Advice.ofKills(postMortem);
    if (findings.isEmpty() && kills.isEmpty()) {
      return;
    }
    line("");
    line("### What to do");
    line("");
    for (Finding finding : findings.stream().limit(FINDINGS).toList()) {
      line(
          "- **"
              + text(finding.title())
              + "** (`"
              + finding.id()
              + "`): "
              + text(finding.advice(), LONGEST_ADVICE));
    }
    kills.stream().limit(FINDINGS).forEach(advice -> line("- " + text(advice, LONGEST_ADVICE)));
    if (findings.size() > FINDINGS) {
      line("- and " + (findings.size() - FINDINGS) + " more in report.html");
    }
  }

  private void tests(List<TestResult> tests) {
    List<TestResult> worst =
        worst(tests, test -> Figures.sum(test.heap().retainedBytes(), test.sqlite().peakBytes()));
    if (worst.isEmpty()) {
      return;
    }
    line("");
    line("### Tests (" + worst.size() + " of " + tests.size() + ")");
    line("");
    line("| Test | SQLite peak | SQLite retained | Java heap allocated | Java heap retained |");
    line("| --- | ---: | ---: | ---: | ---: |");
    for (TestResult test : worst) {
      line(
          "| "
              + text(TestName.of(test))
              + " | "
              + Figures.bytes(test.sqlite().peakBytes())
              + " | "
              + Figures.bytes(test.sqlite().retainedBytes())
              + " | "
              + Figures.bytes(test.heap().allocatedBytes())
              + " | "
              + Figures.bytes(test.heap().retainedBytes())
              + " |");
    }
  }

  private void queries(List<Query> queries) {
    List<Query> worst = worst(queries, query -> Figures.sum(query.sqlite().peakBytes(), 0L));
    if (worst.isEmpty()) {
      return;
    }
    line("");
    line("### Queries (" + worst.size() + " of " + queries.size() + ")");
    line("");
    line("| SQL | Executions | SQLite peak | SQLite retained | Total time |");
    line("| --- | ---: | ---: | ---: | ---: |");
    for (Query query : worst) {
      line(
          "| "
              + text(query.sql())
              + " | "
              + query.executions()
              + " | "
              + Figures.bytes(query.sqlite().peakBytes())
              + " | "
              + Figures.bytes(query.sqlite().retainedBytes())
              + " | "
              + Units.duration(query.totalNanos())
              + " |");
    }
  }

  private void limits(PostMortem postMortem) {
    List<String> missing = postMortem.verdict().missing();
    List<String> notes = postMortem.quality().notes();
    if (missing.isEmpty() && notes.isEmpty()) {
      return;
    }
    line("");
    line("### Limits of this recording");
    line("");
    missing.stream().limit(ROWS).forEach(text -> line("- " + text(text)));
    notes.stream().limit(ROWS).forEach(text -> line("- " + text(text)));
  }

  private static <T> List<T> worst(List<T> all, Function<T, Long> bytes) {
    return all.stream().sorted(Comparator.comparing(bytes).reversed()).limit(ROWS).toList();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** Names and SQL as text: nothing in them is markup, and each stays on its line. */
  private static String text(String raw) {
    return text(raw, LONGEST_TEXT);
  }

  private static String text(String raw, int longest) {
    String bounded = Names.shown(raw, longest);
    StringBuilder escaped = new StringBuilder(bounded.length() + 16);
    bounded
        .codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                escaped.append(' ');
              } else if (c == '<') {
                escaped.append("&lt;");
              } else if (c == '&') {
                escaped.append("&amp;");
              } else {
                if ("\\`*_{}[]()#+-!|>~@".indexOf(c) >= 0) {
                  escaped.append('\\');
                }
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
