// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.shared;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.shared.ChildProcess;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import java.util.Comparator;
import java.util.List;

/**
 * One process that a run started.
 *
 * @param ending what became of it
 * @param left whether it outlived its test
 */
public record ProcessView(
    long pid, String command, Measure peak, Measure last, String ending, boolean left, Link test) {
  private static final int COMMAND = 160;
  private static final int SHOWN = 100;

  /** Those that outlived their test first, then the largest. */
  public static List<ProcessView> of(PostMortem postMortem, Names names) {
    return postMortem.processes().stream()
        .sorted(
            Comparator.comparing((ChildProcess process) -> process.outlivedMillis() == null)
                .thenComparing(
                    ChildProcess::peakAnonBytes, Comparator.nullsLast(Comparator.reverseOrder())))
        .limit(SHOWN)
        .map(process -> of(process, names))
        .toList();
  }

  private static ProcessView of(ChildProcess process, Names names) {
    String whyUnknown = "it was gone before it was looked at";
    return new ProcessView(
        process.pid(),
        VisibleText.shorten(VisibleText.line(process.command()), COMMAND),
        Measure.bytes(process.peakAnonBytes(), whyUnknown),
        Measure.bytes(process.anonBytes(), whyUnknown),
        ending(process),
        process.outlivedMillis() != null,
        names.link(Names.TEST, process.test()));
  }

  private static String ending(ChildProcess process) {
    String ending =
        process.endedAt() == null
            ? "alive at the end of the recording"
            : "ended"
                + (process.exitStatus() == null ? "" : " with status " + process.exitStatus());
    return process.outlivedMillis() == null || process.endedAt() == null
        ? ending
        : ending + ", " + Units.duration(process.outlivedMillis() * 1_000_000) + " after its test";
  }
}
