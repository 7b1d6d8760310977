// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.Units;
import io.memreport.model.Evidence;
import io.memreport.model.Finding;
import io.memreport.model.MemoryAtEnd;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a person needs who never opens the report. */
public final class TerminalReport {
  private static final int LINES = 6;
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[1;31m";
  private static final String GREEN = "\u001b[1;32m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter out;
  private final boolean colours;

  /**
   * @param colours whether the terminal shows them
   */
  public TerminalReport(PrintWriter out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  /** Prints the verdict, what it rests on, and what to do. */
  public void print(PostMortem postMortem) {
    String tone =
        switch (postMortem.verdict().kind()) {
          case CLEAN -> GREEN;
          case RUNNING, UNKNOWN -> BOLD;
          default -> RED;
        };
    out.println(styled(tone, line(postMortem.verdict().headline())));
    out.println(
        "  "
            + postMortem.verdict().kind().label()
            + ", "
            + postMortem.verdict().confidence().label());
    list("Evidence", postMortem.verdict().evidence().stream().map(Evidence::text).toList());
    Set<String> advice = new LinkedHashSet<>();
    postMortem.findings().stream().map(Finding::advice).forEach(advice::add);
    list("What to do", List.copyOf(advice));
    postMortem.runs().forEach(this::memory);
    list("What would tell more", postMortem.verdict().missing());
    list("Limits of this recording", postMortem.quality().notes());
  }

  private void memory(Run run) {
    MemoryAtEnd memory = run.memoryAtEnd();
    if (memory == null || memory.rssBytes() == null) {
      return;
    }
    StringBuilder text = new StringBuilder(Units.bytes(memory.rssBytes()) + " resident: ");
    part(text, "Java heap", memory.javaHeapBytes());
    part(text, "SQLite", memory.sqliteBytes());
    part(text, "metaspace", memory.metaspaceBytes());
    part(text, "code", memory.codeCacheBytes());
    part(text, "mapped files", memory.mappedFileBytes());
    part(text, "stacks", memory.threadStackBytes());
    part(text, "direct buffers", memory.directBufferBytes());
    part(text, "shared", memory.sharedBytes());
    part(text, "other", memory.otherBytes());
    list("Memory at the end of " + run.id(), List.of(text.toString()));
  }

  private static void part(StringBuilder text, String name, Long bytes) {
    if (bytes != null && bytes > 0) {
      text.append(text.toString().endsWith(": ") ? "" : ", ");
      text.append(name).append(' ').append(Units.bytes(bytes));
    }
  }

  private void list(String title, List<String> texts) {
    if (texts.isEmpty()) {
      return;
    }
    out.println();
    out.println(styled(BOLD, title));
    texts.stream().limit(LINES).forEach(text -> out.println("  - " + line(text)));
    if (texts.size() > LINES) {
      out.println("  - and " + (texts.size() - LINES) + " more in the report");
    }
  }

  private String styled(String style, String text) {
    return colours ? style + text + PLAIN : text;
  }

  /** Names come from outside: nothing in them moves the cursor or hides other text. */
  private static String line(String raw) {
    StringBuilder safe = new StringBuilder(raw.length());
    raw.codePoints()
        .forEach(
            c ->
                safe.appendCodePoint(
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? ' '
                        : c));
    return safe.toString();
  }
}
