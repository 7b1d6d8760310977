// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.verdict;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Cause;
import io.memreport.model.verdict.Culprit;
import io.memreport.model.verdict.Verdict;
import io.memreport.model.verdict.VerdictKind;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Measure;
import io.memreport.report.html.part.Moment;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.Reasons;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.html.timeline.TimelineView;
import io.memreport.report.words.NewFacts;
import io.memreport.report.words.VerdictWords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The answer as it stands at the head of the page. */
public record VerdictView(
    String state,
    String by,
    String tone,
    String headline,
    String lead,
    String confidence,
    String cause,
    List<PointsView.Point> points,
    FocusView focus,
    String culpritsTitle,
    List<CulpritView> culprits,
    List<EvidenceView> evidence,
    List<String> missing) {

  /**
   * Who took it; {@code anchor} is empty where the page has no row, {@code width} percent of the
   * largest, {@code partial} whether it took them for the one before.
   */
  public record CulpritView(
      String type,
      String name,
      String anchor,
      Measure bytes,
      String measure,
      double width,
      boolean partial) {}

  private static final int LEAD = 320;

  /** What a verdict rests on. */
  public record EvidenceView(String text, String source, String at) {}

  public static VerdictView of(PostMortem postMortem, TimelineView timeline, Names names) {
    Verdict verdict = postMortem.verdict();
    return new VerdictView(
        VerdictWords.state(verdict.kind()),
        VerdictWords.by(VisibleText.label(verdict.killer())),
        tone(verdict.kind()),
        VisibleText.shorten(VisibleText.line(verdict.headline()), 600),
        NewFacts.of(postMortem).stream()
            .findFirst()
            .map(text -> VisibleText.shorten(sentence(text), LEAD))
            .orElse(""),
        verdict.confidence().label(),
        VerdictWords.cause(verdict.cause()),
        PointsView.of(postMortem, names),
        FocusView.of(postMortem, timeline, names),
        switch (verdict.kind()) {
          case KILLED, JVM_ABORT -> "What was running";
          default -> "Who took it";
        },
        culprits(verdict, names),
        verdict.evidence().stream()
            .map(
                e ->
                    new EvidenceView(
                        VisibleText.shorten(sentence(e.text()), 2000),
                        VisibleText.label(e.source()).replace('-', ' '),
                        e.at() == null ? "" : Moment.utc(e.at())))
            .toList(),
        verdict.missing().stream().map(text -> VisibleText.label(sentence(text))).toList());
  }

  /** With a full stop, which lines of a log and clauses do not have. */
  private static String sentence(String text) {
    String line = VisibleText.line(text);
    boolean open = !line.isEmpty() && Character.isLetterOrDigit(line.charAt(line.length() - 1));
    return open ? line + "." : line;
  }

  private static List<CulpritView> culprits(Verdict verdict, Names names) {
    long most =
        verdict.culprits().stream().mapToLong(c -> Reasons.orZero(c.bytes())).max().orElse(0);
    List<CulpritView> views = new ArrayList<>();
    Set<String> parts = new HashSet<>();
    for (Culprit culprit : verdict.culprits()) {
      culprit.children().forEach(child -> parts.add(child.type() + child.id()));
      Link link = names.link(culprit.type() + "-", culprit.id());
      views.add(
          new CulpritView(
              culprit.type(),
              VisibleText.shorten(VisibleText.line(culprit.name()), 200),
              link == null ? "" : link.anchor(),
              Measure.bytes(culprit.bytes()),
              VerdictWords.measure(culprit.measure()),
              most == 0 ? 0 : 100.0 * Reasons.orZero(culprit.bytes()) / most,
              parts.contains(culprit.type() + culprit.id())));
    }
    return views;
  }

  /** Whether no JVM alone was too large, but all of them were. */
  public boolean together() {
    return cause.equals(VerdictWords.cause(Cause.PARALLEL_FORKS));
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
