// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.memory;

import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.memory.MemoryAtEnd;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.MemoryKind;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.AtEnd;
import io.memreport.report.words.EndingWords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the memory of one run was at its end. The parts and what is unexplained sum to {@code rss};
 * if the parts alone are more than that, {@code excess} says by how much. {@code when} is not empty
 * if that was looked at some time before the end.
 */
public record Ledger(
    String anchor,
    String run,
    String ending,
    Measure rss,
    String when,
    String limit,
    String limitShare,
    List<Part> parts,
    String excess,
    String summary) {

  private static final double PERCENT = 100;

  /**
   * One owner; {@code from} and {@code width} are percent of the bar, {@code ink} is for text on
   * it.
   */
  public record Part(
      String key,
      String label,
      String meaning,
      String colour,
      String ink,
      Measure bytes,
      String share,
      double from,
      double width) {

    /** How many letters of a label fit into a hundredth of the bar on a page of 800 pixels. */
    private static final double LETTERS = 0.8;

    /** Whether its label has room on the bar, on all pages but those of phones. */
    public boolean named() {
      return label.length() < LETTERS * width;
    }
  }

  /** The run that the verdict is about first, then those that did not end in peace. */
  public static List<Ledger> of(PostMortem postMortem, Names names) {
    String died = postMortem.kills().isEmpty() ? null : postMortem.kills().get(0).runId();
    return postMortem.watched().stream()
        .sorted(
            Comparator.comparing((Run run) -> !run.id().equals(died))
                .thenComparing(run -> run.ending() == Ending.CLEAN))
        .map(run -> of(run, names.anchor(run), AtEnd.of(postMortem, run)))
        .toList();
  }

  private static Ledger of(Run run, String anchor, String when) {
    MemoryAtEnd memory = run.memoryAtEnd();
    Long rss = memory == null ? null : memory.rssBytes();
    long explained = 0;
    if (memory != null) {
      for (MemoryKind kind : MemoryKind.values()) {
        explained += kind == MemoryKind.OTHER ? 0 : Reasons.orZero(kind.atEnd(memory));
      }
    }
    Long other = rss == null ? null : Long.valueOf(Math.max(0, rss - explained));
    long whole = Math.max(explained, Reasons.orZero(rss));
    List<Part> parts = memory == null ? List.of() : parts(memory, other, whole);
    boolean over = rss != null && explained > rss;
    Measure total = Measure.bytes(rss, "the recording holds no memory sample of this run");
    return new Ledger(
        anchor,
        VisibleText.label(run.id()),
        EndingWords.of(run.ending()),
        total,
        when.equals(AtEnd.AT_END) ? "" : when,
        run.limitBytes() == null ? "" : Measure.bytes(run.limitBytes()).text(),
        run.limitBytes() == null || rss == null ? "" : percent(rss, run.limitBytes()),
        parts,
        over ? Measure.bytes(explained - rss).text() : "",
        summary(total, parts, when));
  }

  private static List<Part> parts(MemoryAtEnd memory, Long other, long whole) {
    List<Part> parts = new ArrayList<>();
    double from = 0;
    for (MemoryKind kind : MemoryKind.toldOf(memory)) {
      Long bytes = kind == MemoryKind.OTHER ? other : kind.atEnd(memory);
      double width = bytes == null || whole == 0 ? 0 : PERCENT * bytes / whole;
      parts.add(
          new Part(
              kind.key(),
              kind.label,
              kind.meaning,
              kind.colour,
              kind.ink(),
              Measure.bytes(bytes, "unknown here, so part of what is unexplained"),
              bytes == null || whole == 0 ? "" : percent(bytes, whole),
              from,
              width));
      from += width;
    }
    return parts;
  }

  private static String percent(long part, long whole) {
    double share = PERCENT * part / whole;
    return share > 0 && share < 1 ? "under 1 %" : Math.round(share) + " %";
  }

  private static String summary(Measure total, List<Part> parts, String when) {
    StringBuilder text =
        new StringBuilder("Resident memory ").append(when).append(": ").append(total.text());
    for (Part part : parts) {
      if (part.width() > 0) {
        text.append("; ").append(part.label()).append(' ').append(part.bytes().text());
      }
    }
    return text.append('.').toString();
  }
}
