// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.verdict;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Finding;
import io.memreport.report.html.part.Anchors;
import io.memreport.report.html.part.Link;
import io.memreport.report.html.part.Names;
import io.memreport.report.html.part.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A finding; {@code link} leads to the row that it is about, null for none. */
public record FindingView(
    String anchor,
    String id,
    String severity,
    String title,
    String evidence,
    String advice,
    String where,
    Link link,
    FixView fix) {

  private static final int ACTIONS = 3;

  /** Worst first, otherwise in the order of the rules. */
  public static List<FindingView> of(PostMortem postMortem, Names names) {
    Anchors anchors = new Anchors("finding-");
    List<FindingView> views = new ArrayList<>();
    postMortem.findings().stream()
        .sorted(Comparator.comparing(Finding::severity))
        .forEach(finding -> views.add(of(finding, anchors, names)));
    return views;
  }

  /** One to three things to do: the advice of the worst findings, each once. */
  public static List<FindingView> actions(List<FindingView> findings) {
    Set<String> seen = new HashSet<>();
    return findings.stream()
        .filter(finding -> !finding.advice().isEmpty() && seen.add(finding.advice()))
        .limit(ACTIONS)
        .toList();
  }

  private static FindingView of(Finding finding, Anchors anchors, Names names) {
    String where = VisibleText.label(finding.where());
    Link link = names.anywhere(finding.where());
    return new FindingView(
        anchors.take(finding.id() + (where.isEmpty() ? "" : "-" + fingerprint(where))),
        VisibleText.label(finding.id()),
        finding.severity().label(),
        VisibleText.shorten(VisibleText.line(finding.title()), 600),
        VisibleText.shorten(VisibleText.line(finding.evidence()), 4000),
        VisibleText.shorten(VisibleText.line(finding.advice()), 4000),
        link == null ? VisibleText.shorten(where, 400) : link.text(),
        link,
        FixView.of(finding.fix()));
  }

  private static String fingerprint(String where) {
    return Integer.toHexString(where.hashCode());
  }
}
