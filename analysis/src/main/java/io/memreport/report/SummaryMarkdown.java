// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Names;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.sql.Query;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import io.memreport.report.words.Advice;
import io.memreport.report.words.Figures;
import io.memreport.report.words.ForkText;
import io.memreport.report.words.KillText;
import io.memreport.report.words.NewFacts;
import io.memreport.report.words.TestName;
import io.memreport.report.words.VerdictWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code summary.md}: the verdict for a CI job's page, well below the size that those take. What
 * one need not read at once is folded.
 */
public final class SummaryMarkdown {
  private static final int ROWS = 10;
  private static final int STEPS = 20;
  private static final int LONGEST_TEXT = 300;
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_ADVICE = 800;

  private final PostMortem postMortem;
  private final StringBuilder out = new StringBuilder();

  private SummaryMarkdown(PostMortem postMortem) {
    this.postMortem = postMortem;
  }

  /** Renders a post-mortem in GitHub-flavoured Markdown. */
  public static String of(PostMortem postMortem) {
    return new SummaryMarkdown(postMortem).render();
  }

  /** A column of a table: its heading, what it shows, and whether it is a figure. */
  private record Column<T>(String name, Function<T, String> cell, boolean figure) {}

  private String render() {
    Verdict verdict = postMortem.verdict();
    line("## " + icon(verdict.kind()) + " " + text(verdict.headline()));
    line("");
    facts(verdict);
    NewFacts.of(postMortem).stream()
        .findFirst()
        .ifPresent(
            fact -> {
              line("");
              line(text(fact));
            });
    fix(verdict);
    folded("Evidence", verdict.evidence().stream().map(fact -> text(fact.text())).toList());
    folded("How it ended", KillText.of(postMortem).stream().map(SummaryMarkdown::text).toList());
    forks();
    folded(
        "All there is to do",
        Advice.of(postMortem).stream().skip(1).map(SummaryMarkdown::step).toList());
    tests();
    queries();
    folded(
        "Not known, and how to find out",
        Stream.concat(verdict.missing().stream(), postMortem.quality().notes().stream())
            .map(SummaryMarkdown::text)
            .toList());
    return out.toString();
  }

  private static String icon(VerdictKind kind) {
    return switch (kind) {
      case CLEAN -> "🟢";
      case LEAK -> "🟠";
      case RUNNING, UNKNOWN -> "⚪";
      default -> "🔴";
    };
  }

  /** One row: what is known of how it ended, who, how much of what, and by which query. */
  private void facts(Verdict verdict) {
    Map<String, String> facts = new LinkedHashMap<>();
    String by = VerdictWords.by(verdict.killer());
    facts.put(
        "Verdict",
        VerdictWords.state(verdict.kind())
            + (by.isEmpty() ? "" : " " + text(by))
            + ", "
            + verdict.confidence().label());
    Culprit first = verdict.culprits().isEmpty() ? null : verdict.culprits().get(0);
    if (first != null && !first.type().equals("query")) {
      facts.put("Who", Markdown.cell(first.name(), LONGEST_NAME));
    }
    if (first != null && first.bytes() != null) {
      facts.put(
          "How much", Units.bytes(first.bytes()) + " " + VerdictWords.measure(first.measure()));
    }
    limit().ifPresent(limit -> facts.put("Limit", Units.bytes(limit)));
    String cause = VerdictWords.cause(verdict.cause());
    if (!cause.isEmpty()) {
      facts.put("Cause", cause);
    }
    verdict.culprits().stream()
        .filter(culprit -> culprit.type().equals("query"))
        .findFirst()
        .ifPresent(query -> facts.put("Query", Markdown.cell(query.name(), LONGEST_NAME)));
    line("| " + String.join(" | ", facts.keySet()) + " |");
    line("|" + " --- |".repeat(facts.size()));
    line("| " + String.join(" | ", facts.values()) + " |");
  }

  /** Of the run that died, or of all if it is the same. */
  private Optional<Long> limit() {
    String died = postMortem.kills().isEmpty() ? null : postMortem.kills().get(0).runId();
    List<Long> limits =
        postMortem.runs().stream()
            .filter(run -> died == null || run.id().equals(died))
            .map(Run::limitBytes)
            .distinct()
            .toList();
    return limits.size() == 1 ? Optional.ofNullable(limits.get(0)) : Optional.empty();
  }

  private void fix(Verdict verdict) {
    List<Advice.Step> steps = Advice.of(postMortem);
    if (steps.isEmpty() || verdict.kind() == VerdictKind.CLEAN) {
      return;
    }
    line("");
    line("**Fix:** " + text(steps.get(0).text(), LONGEST_ADVICE));
    if (steps.get(0).snippet() != null) {
      line("");
      line(Markdown.block(steps.get(0).snippet(), LONGEST_ADVICE));
    }
  }

  private static String step(Advice.Step step) {
    String text = text(step.text(), LONGEST_ADVICE);
    return step.snippet() == null
        ? text
        : text + " As in: " + Markdown.code(step.snippet(), LONGEST_TEXT);
  }

  private void folded(String title, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    List<String> shown = new ArrayList<>(texts.stream().limit(STEPS).map(t -> "- " + t).toList());
    if (texts.size() > STEPS) {
      shown.add("- and " + (texts.size() - STEPS) + " more in report.html");
    }
    fold(title + " (" + texts.size() + ")", shown);
  }

  private void fold(String title, List<String> lines) {
    line("");
    line("<details><summary>" + title + "</summary>");
    line("");
    lines.forEach(this::line);
    line("");
    line("</details>");
  }

  private void forks() {
    if (postMortem.forks() == null) {
      return;
    }
    line("");
    line(text(ForkText.sum(postMortem.forks())) + ".");
    line("");
    List<ForkText.Row> rows = ForkText.rows(postMortem);
    table(
            rows,
            List.of(
                new Column<ForkText.Row>("Fork", row -> text(row.fork()), false),
                new Column<>("Held then", ForkText.Row::held, true),
                new Column<>("Most ever", ForkText.Row::peak, true),
                new Column<>("What became of it", ForkText.Row::ending, false),
                new Column<>("Tests that ran then", row -> text(row.tests()), false)))
        .forEach(this::line);
    int more = postMortem.forks().shares().size() - rows.size();
    if (more > 0) {
      line("");
      line("and " + more + " more in report.html");
    }
  }

  private void tests() {
    List<TestResult> worst =
        worst(
            postMortem.tests(),
            test -> Figures.sum(test.heap().retainedBytes(), test.sqlite().peakBytes()));
    if (worst.isEmpty()) {
      return;
    }
    boolean measured = worst.stream().flatMap(SummaryMarkdown::figures).anyMatch(Objects::nonNull);
    fold(
        (measured ? "Largest tests (" : "Tests (")
            + worst.size()
            + " of "
            + postMortem.tests().size()
            + ")",
        table(
            worst,
            List.of(
                new Column<TestResult>(
                    "Test", test -> Markdown.cell(TestName.of(test), LONGEST_NAME), false),
                figure("SQLite peak", test -> test.sqlite().peakBytes()),
                figure("SQLite left", test -> test.sqlite().retainedBytes()),
                figure("Java heap allocated", test -> test.heap().allocatedBytes()),
                figure("Java heap left", test -> test.heap().retainedBytes()))));
  }

  private static Stream<Long> figures(TestResult test) {
    return Stream.of(
        test.sqlite().peakBytes(),
        test.sqlite().retainedBytes(),
        test.heap().allocatedBytes(),
        test.heap().retainedBytes());
  }

  private void queries() {
    List<Query> worst =
        worst(postMortem.queries(), query -> Figures.sum(query.sqlite().peakBytes(), 0L));
    if (worst.isEmpty()) {
      return;
    }
    fold(
        "Largest queries (" + worst.size() + " of " + postMortem.queries().size() + ")",
        table(
            worst,
            List.of(
                new Column<Query>(
                    "SQL", query -> Markdown.cell(Names.sql(query), LONGEST_NAME), false),
                new Column<>("Executions", query -> Long.toString(query.executions()), true),
                figure("SQLite peak", query -> query.sqlite().peakBytes()),
                figure("SQLite left", query -> query.sqlite().retainedBytes()),
                new Column<>("Time", query -> Units.duration(query.totalNanos()), true))));
  }

  private static <T> Column<T> figure(String name, Function<T, Long> bytes) {
    return new Column<>(
        name,
        row -> {
          Long value = bytes.apply(row);
          return value == null ? null : Units.bytes(value);
        },
        true);
  }

  /** Columns in which no row has anything are left out. */
  private static <T> List<String> table(List<T> rows, List<Column<T>> columns) {
    List<Column<T>> used =
        columns.stream()
            .filter(column -> rows.stream().map(column.cell()).anyMatch(Objects::nonNull))
            .toList();
    List<String> lines = new ArrayList<>();
    StringBuilder names = new StringBuilder("|");
    StringBuilder rule = new StringBuilder("|");
    for (Column<T> column : used) {
      names.append(' ').append(column.name()).append(" |");
      rule.append(column.figure() ? " ---: |" : " --- |");
    }
    lines.add(names.toString());
    lines.add(rule.toString());
    for (T row : rows) {
      StringBuilder cells = new StringBuilder("|");
      for (Column<T> column : used) {
        String cell = column.cell().apply(row);
        cells.append(' ').append(cell == null ? "unknown" : cell).append(" |");
      }
      lines.add(cells.toString());
    }
    return lines;
  }

  private static <T> List<T> worst(List<T> all, Function<T, Long> bytes) {
    return all.stream().sorted(Comparator.comparing(bytes).reversed()).limit(ROWS).toList();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  private static String text(String raw) {
    return text(raw, LONGEST_TEXT);
  }

  private static String text(String raw, int longest) {
    return Markdown.text(raw, longest);
  }
}
