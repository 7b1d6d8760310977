// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.VerdictKind;
import io.memreport.report.words.Advice;
import io.memreport.report.words.NewFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What happened, why, what to do and where more is. */
public final class ShortVerdict {
  static final String INDENT = "  ";

  /** As far as what is said of the fix. */
  static final String SNIPPET = INDENT + "     ";

  /** A line that is longer wraps often, and pushes what the tool said out of sight. */
  private static final int WIDEST = 400;

  private static final int MOST_EVIDENCE = 2;

  private ShortVerdict() {}

  /** At most six lines, for behind the output of another tool. */
  public static List<String> lines(PostMortem postMortem, Path report) {
    List<String> lines = new ArrayList<>();
    lines.add(postMortem.verdict().headline());
    lines.addAll(why(postMortem));
    lines.add(INDENT + "Report: " + report);
    return lines;
  }

  /** What follows the headline, at most four lines. */
  static List<String> why(PostMortem postMortem) {
    List<String> lines = new ArrayList<>();
    boolean well = postMortem.verdict().kind() == VerdictKind.CLEAN;
    List<Advice.Step> steps = well ? List.of() : Advice.of(postMortem);
    String snippet = steps.isEmpty() ? null : steps.get(0).snippet();
    String subject = steps.isEmpty() ? null : subject(postMortem, steps.get(0));
    NewFacts.of(postMortem).stream()
        .limit(well || snippet != null || subject != null ? 1 : MOST_EVIDENCE)
        .forEach(text -> lines.add(INDENT + cut(text)));
    if (subject != null) {
      lines.add(INDENT + cut(subject));
    }
    steps.stream().limit(1).forEach(step -> lines.add(INDENT + "Fix: " + cut(step.text())));
    if (snippet != null) {
      lines.add(SNIPPET + cut(snippet));
    }
    if (well && !postMortem.verdict().missing().isEmpty()) {
      List<String> missing = postMortem.verdict().missing();
      lines.add(INDENT + "Not known: " + cut(missing.get(missing.size() - 1)));
    }
    return lines;
  }

  /**
   * What the fix is for, where that is not how a run ended but something that a test left beside
   * it; or null.
   */
  private static String subject(PostMortem postMortem, Advice.Step step) {
    return postMortem.kills().isEmpty()
        ? null
        : postMortem.findings().stream()
            .filter(finding -> step.text().equals(finding.advice()))
            .filter(finding -> finding.where() != null && !isNamed(postMortem, finding.where()))
            .filter(
                finding ->
                    postMortem.runs().stream().noneMatch(run -> run.id().equals(finding.where())))
            .findFirst()
            .map(finding -> finding.title() + ".")
            .orElse(null);
  }

  /** Whether the headline is about it. */
  private static boolean isNamed(PostMortem postMortem, String where) {
    return postMortem.verdict().culprits().stream()
        .limit(1)
        .anyMatch(culprit -> culprit.id().equals(where));
  }

  private static String cut(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }
}
