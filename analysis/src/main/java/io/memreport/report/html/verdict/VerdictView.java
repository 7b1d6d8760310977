// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.verdict;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** The answer as it stands at the head of the page. */
public record VerdictView(
    String kind,
    String tone,
    String headline,
    String confidence,
    String cause,
    String killer,
    String culpritsTitle,
    List<CulpritView> culprits,
    List<EvidenceView> evidence,
    List<String> missing) {

  /**
   * Who took it; {@code anchor} is empty where the page has no row, {@code width} percent of the
   * largest.
   */
  public record CulpritView(String type, String name, String anchor, Measure bytes, double width) {}

  /** What a verdict rests on. */
  public record EvidenceView(String text, String source, String at) {}

  public static VerdictView of(PostMortem postMortem, Names names) {
    Verdict verdict = postMortem.verdict();
    return new VerdictView(
        verdict.kind().label().replace('-', ' '),
        tone(verdict.kind()),
        VisibleText.shorten(VisibleText.line(verdict.headline()), 600),
        verdict.confidence().label(),
        verdict.cause().label().replace('-', ' '),
        VisibleText.label(verdict.killer()),
        switch (verdict.kind()) {
          case KILLED, JVM_ABORT -> "What was running";
          default -> "Who took it";
        },
        culprits(verdict, names),
        verdict.evidence().stream()
            .map(
                e ->
                    new EvidenceView(
                        VisibleText.shorten(VisibleText.line(e.text()), 2000),
                        VisibleText.label(e.source()).replace('-', ' '),
                        e.at() == null ? "" : Moment.utc(e.at())))
            .toList(),
        verdict.missing().stream().map(VisibleText::label).toList());
  }

  private static List<CulpritView> culprits(Verdict verdict, Names names) {
    long most =
        verdict.culprits().stream().mapToLong(c -> Reasons.orZero(c.bytes())).max().orElse(0);
    List<CulpritView> views = new ArrayList<>();
    for (Culprit culprit : verdict.culprits()) {
      Link link = names.link(culprit.type() + "-", culprit.id());
      views.add(
          new CulpritView(
              culprit.type(),
              VisibleText.shorten(VisibleText.line(culprit.name()), 200),
              link == null ? "" : link.anchor(),
              Measure.bytes(culprit.bytes()),
              most == 0 ? 0 : 100.0 * Reasons.orZero(culprit.bytes()) / most));
    }
    return views;
  }

  private static String tone(VerdictKind kind) {
    return switch (kind) {
      case CLEAN -> "good";
      case RUNNING, UNKNOWN -> "plain";
      case LEAK -> "warn";
      case OOM_KILL, JAVA_OOM, JVM_ABORT, KILLED, SHM_EXHAUSTED -> "bad";
    };
  }
}
