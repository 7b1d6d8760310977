// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.memory;

import io.memreport.diagnosis.heap.HeapLine;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Java objects that one line allocated in one test and that no collection had freed.
 *
 * @param test null outside of tests, or where it can't be told
 * @param line empty if no line of the application is known
 * @param via the library's frame that allocated, or empty
 * @param error what the estimate may be off by, or empty
 */
public record HeapLineView(
    Link test,
    String line,
    String via,
    String classes,
    Measure bytes,
    String error,
    Measure inUse,
    String run) {
  /** Where the table is on the page. */
  public static final String ANCHOR = "heap-lines";

  private static final int SHOWN = 20;
  private static final int LONGEST = 160;

  /** The largest of all runs. */
  public static List<HeapLineView> of(PostMortem postMortem, Names names) {
    Map<String, TestResult> tests = new HashMap<>();
    postMortem.tests().forEach(test -> tests.put(test.id(), test));
    return postMortem.runs().stream()
        .flatMap(
            run ->
                HeapLine.of(postMortem.heapSites(), run, tests::get).stream()
                    .map(line -> new Shown(run, line)))
        .sorted(Comparator.comparingLong((Shown shown) -> shown.line().bytes()).reversed())
        .limit(SHOWN)
        .map(shown -> view(shown, names))
        .toList();
  }

  private record Shown(Run run, HeapLine line) {}

  private static HeapLineView view(Shown shown, Names names) {
    HeapLine line = shown.line();
    long percent = line.bytes() == 0 ? 0 : Math.round(100.0 * line.errorBytes() / line.bytes());
    return new HeapLineView(
        line.test() == null ? null : names.link(Names.TEST, line.test().id()),
        text(line.line()),
        text(line.via()),
        text(line.classes()),
        Measure.bytes(line.bytes()),
        percent == 0 ? "" : "±" + percent + " %",
        Measure.bytes(line.bytesInUse()),
        VisibleText.label(shown.run().id()));
  }

  private static String text(String text) {
    return text == null ? "" : VisibleText.shorten(VisibleText.line(text), LONGEST);
  }
}
