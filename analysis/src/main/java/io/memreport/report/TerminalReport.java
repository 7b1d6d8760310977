// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.model.sql.Retention;
import io.memreport.model.verdict.Evidence;
import io.memreport.report.words.Advice;
import io.memreport.report.words.AtEnd;
import io.memreport.report.words.ForkText;
import io.memreport.report.words.KillText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a person needs who never opens the report. */
public final class TerminalReport {
  private final TerminalText text;

  /**
   * @param colours whether the terminal shows them
   */
  public TerminalReport(PrintWriter out, boolean colours) {
    text = new TerminalText(out, colours);
  }

  /** Prints the verdict, what it rests on, and what to do. */
  public void print(PostMortem postMortem) {
    String tone =
        switch (postMortem.verdict().kind()) {
          case CLEAN -> TerminalText.GREEN;
          case RUNNING, UNKNOWN -> TerminalText.BOLD;
          default -> TerminalText.RED;
        };
    text.headline(tone, postMortem.verdict().headline());
    text.line(
        "  "
            + postMortem.verdict().kind().label()
            + ", "
            + postMortem.verdict().confidence().label());
    text.list("Evidence", postMortem.verdict().evidence().stream().map(Evidence::text).toList());
    text.list("The end", KillText.of(postMortem));
    forks(postMortem);
    text.list("What to do", Advice.of(postMortem));
    postMortem.runs().forEach(run -> memory(run, AtEnd.of(postMortem, run)));
    text.list(
        "Why was it not released?",
        postMortem.retention().stream().map(Retention::answer).toList());
    text.list("What would tell more", postMortem.verdict().missing());
    text.list("Limits of this recording", postMortem.quality().notes());
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
