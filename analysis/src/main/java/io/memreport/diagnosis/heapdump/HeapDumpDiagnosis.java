// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.heapdump;

import io.memreport.diagnosis.words.Headline;
import io.memreport.diagnosis.words.Units;
import io.memreport.model.PostMortem;
import io.memreport.model.heapdump.HeapDump;
import io.memreport.model.heapdump.HeapPostMortem;
import io.memreport.model.heapdump.HeapSuspect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says who holds the heap of a dump, and where a run knows it, who allocated it. */
public final class HeapDumpDiagnosis {
  private static final List<String> TELLING = List.of("static field ", "ThreadLocal ");

  private HeapDumpDiagnosis() {}

  /**
   * Explains a dump.
   *
   * @param run of the same JVM, or null
   */
  public static HeapPostMortem of(HeapDump dump, PostMortem run) {
    List<String> notes = new ArrayList<>();
    HeapDump joined = dump;
    if (run != null) {
      DumpedRun of = DumpedRun.of(dump, run);
      if (of == null) {
        notes.add(
            "None of the given runs, or more than one, can be the one of this dump"
                + (dump.takenAt() == null ? "" : ", which was taken at " + dump.takenAt())
                + ": no test is named.");
      } else if (!of.hasSamples()) {
        notes.add("The run has no samples of the Java heap: no test is named.");
      } else {
        joined =
            dump.with(
                dump.suspects().stream()
                    .map(suspect -> suspect.with(of.sources(suspect)))
                    .toList());
      }
    }
    return new HeapPostMortem(HeapPostMortem.SCHEMA, headline(joined), joined, notes);
  }

  private static String headline(HeapDump dump) {
    if (dump.suspects().isEmpty()) {
      return "Nothing holds much of this heap: "
          + Units.bytes(dump.bytes())
          + " in "
          + String.format(Locale.ROOT, "%,d", dump.objects())
          + " objects.";
    }
    HeapSuspect first = dump.suspects().get(0);
    return Headline.of(
        "",
        subject(first.chain().steps()),
        "holds "
            + Units.bytes(first.bytes())
            + " of "
            + Units.bytes(dump.bytes())
            + " ("
            + Math.round(100.0 * first.bytes() / dump.bytes())
            + " %)",
        dump.suspects().size() - 1);
  }

  /**
   * The last step that the program names; a class loader says less than the field that it keeps.
   */
  private static String subject(List<String> steps) {
    for (int at = steps.size() - 1; at >= 0; at--) {
      String step = steps.get(at);
      if (TELLING.stream().anyMatch(step::startsWith)) {
        return step;
      }
    }
    return steps.get(0);
  }
}
