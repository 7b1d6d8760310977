// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.sql.Retention;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.Verdict;
import io.memreport.report.words.Advice;
import io.memreport.report.words.AtEnd;
import io.memreport.report.words.CheckWords;
import io.memreport.report.words.ForkText;
import io.memreport.report.words.KillText;
import io.memreport.report.words.VerdictWords;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a person needs who never opens the report. */
public final class TerminalReport {
  private final TerminalText text;

  public TerminalReport(PrintWriter out, TerminalStyle style) {
    text = new TerminalText(out, style);
  }

  /** Prints the verdict, why, what to do and where the report is: at most eight sentences. */
  public void printShort(PostMortem postMortem, Path report) {
    head(postMortem.verdict());
    ShortVerdict.why(postMortem)
        .forEach(
            line -> {
              if (line.startsWith(ShortVerdict.SNIPPET)) {
                text.line(line);
              } else {
                text.paragraph(ShortVerdict.INDENT, line.strip());
              }
            });
    text.line("");
    int more = Advice.of(postMortem).size() - 1;
    text.line(
        "Report: "
            + report
            + (more > 0
                ? " (" + more + " more " + (more == 1 ? "thing" : "things") + " to do)"
                : ""));
  }

  private void head(Verdict verdict) {
    String tone =
        switch (verdict.kind()) {
          case CLEAN -> TerminalText.GREEN;
          case RUNNING, UNKNOWN -> TerminalText.BOLD;
          case LEAK -> TerminalText.YELLOW;
          default -> TerminalText.RED;
        };
    String by = VerdictWords.by(verdict.killer());
    String cause = VerdictWords.cause(verdict.cause());
    text.headline(
        tone,
        VerdictWords.state(verdict.kind())
            + (by.isEmpty() ? "" : " · " + by)
            + (cause.isEmpty() ? "" : " · " + cause)
            + " · "
            + verdict.confidence().label());
    text.headline(TerminalText.BOLD, verdict.headline());
  }

  /** Prints the verdict, all that it rests on, and all that there is to do. */
  public void print(PostMortem postMortem) {
    head(postMortem.verdict());
    text.list("Evidence", postMortem.verdict().evidence().stream().map(Evidence::text).toList());
    text.list("The end", KillText.of(postMortem));
    forks(postMortem);
    text.list("What to do", Advice.of(postMortem).stream().map(TerminalReport::step).toList());
    postMortem.runs().forEach(run -> memory(run, AtEnd.of(postMortem, run)));
    text.list(
        "Why was it not released?",
        postMortem.retention().stream().map(Retention::answer).toList());
    text.list("Not known, and how to find out", postMortem.verdict().missing());
    text.list(
        "Looked for: " + CheckWords.summary(postMortem.checks()),
        CheckWords.of(postMortem.checks()).stream().map(TerminalReport::check).toList());
    text.list("Limits of this recording", postMortem.quality().notes());
  }

  private static String check(CheckWords words) {
    return words.text() + " (" + String.join(", ", words.ids()) + ")";
  }

  private static String step(Advice.Step step) {
    return step.snippet() == null ? step.text() : step.text() + " As in: " + step.snippet();
  }

  private void forks(PostMortem postMortem) {
    if (postMortem.forks() == null) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (ForkText.Row row : ForkText.rows(postMortem)) {
      lines.add(
          row.fork()
              + " held "
              + row.held()
              + ", at most "
              + row.peak()
              + ", "
              + row.ending()
              + (row.tests().isEmpty() ? "" : ", ran " + row.tests()));
    }
    text.list("Forks: " + ForkText.sum(postMortem.forks()), lines);
    int more = postMortem.forks().shares().size() - lines.size();
    if (more > 0) {
      text.line("  - and " + more + " more in the report");
    }
  }

  private void memory(Run run, String when) {
    MemoryAtEnd memory = run.memoryAtEnd();
    if (run.isSupervisor() || memory == null || memory.rssBytes() == null) {
      return;
    }
    StringBuilder parts = new StringBuilder(Units.bytes(memory.rssBytes()) + " resident: ");
    part(parts, "Java heap", memory.javaHeapBytes());
    part(parts, "SQLite", memory.sqliteBytes());
    part(parts, "metaspace", memory.metaspaceBytes());
    part(parts, "code", memory.codeCacheBytes());
    part(parts, "mapped files", memory.mappedFileBytes());
    part(parts, "stacks", memory.threadStackBytes());
    part(parts, "direct buffers", memory.directBufferBytes());
    part(parts, "shared", memory.sharedBytes());
    part(parts, "other libraries", memory.libraryBytes());
    part(parts, "collector", memory.gcBytes());
    part(parts, "malloc not counted", memory.mallocBytes());
    part(parts, "other", memory.otherBytes());
    text.list("Memory " + when + " of " + run.id(), List.of(parts.toString()));
  }

  private static void part(StringBuilder text, String name, Long bytes) {
    if (bytes != null && bytes > 0) {
      text.append(text.toString().endsWith(": ") ? "" : ", ");
      text.append(name).append(' ').append(Units.bytes(bytes));
    }
  }
}
