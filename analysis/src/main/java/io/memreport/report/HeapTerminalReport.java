// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.heapdump.HeapDump;
import io.memreport.model.heapdump.HeapPostMortem;
import io.memreport.model.heapdump.HeapSuspect;
import io.memreport.report.words.HeapText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** What {@code memreport heap} prints. */
public final class HeapTerminalReport {
  private static final int SUSPECTS = 5;
  private static final int CLASSES = 5;
  private static final String INDENT = "  ";

  private final TerminalText text;

  public HeapTerminalReport(PrintWriter out, TerminalStyle style) {
    text = new TerminalText(out, style);
  }

  /** Prints who holds the heap, what is in it and where the whole report is. */
  public void print(HeapPostMortem postMortem, Path report) {
    HeapDump dump = postMortem.dump();
    text.headline(
        dump.suspects().isEmpty() ? TerminalText.GREEN : TerminalText.RED, postMortem.headline());
    text.line(
        INDENT
            + String.format(Locale.ROOT, "%,d", dump.objects())
            + " objects, "
            + Units.bytes(dump.bytes())
            + (dump.takenAt() == null ? "" : ", taken at " + dump.takenAt()));
    for (HeapSuspect suspect : dump.suspects().stream().limit(SUSPECTS).toList()) {
      text.line("");
      text.paragraph(
          String.format(Locale.ROOT, "%10s  ", Units.bytes(suspect.bytes())),
          HeapText.held(suspect));
      text.paragraph(" ".repeat(12), HeapText.classes(suspect));
      suspect.sources().forEach(source -> text.paragraph(" ".repeat(12), HeapText.source(source)));
    }
    if (dump.suspects().size() > SUSPECTS) {
      text.line(INDENT + "and " + (dump.suspects().size() - SUSPECTS) + " more in the report");
    }
    text.list(
        "Largest classes",
        dump.classes().stream()
            .limit(CLASSES)
            .map(
                row ->
                    Units.bytes(row.bytes())
                        + " in "
                        + String.format(Locale.ROOT, "%,d ", row.objects())
                        + row.className())
            .toList());
    text.list("Limits of this reading", postMortem.notes());
    text.line("");
    text.line("Report: " + report);
  }
}
