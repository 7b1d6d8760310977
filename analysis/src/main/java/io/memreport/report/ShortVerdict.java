// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.model.PostMortem;
import io.memreport.model.verdict.Evidence;
import io.memreport.model.verdict.VerdictKind;
import io.memreport.report.words.Advice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The verdict behind the output of another tool: what happened, why, what to do and where more is.
 */
public final class ShortVerdict {
  /** A line that is longer wraps often, and pushes what the tool said out of sight. */
  private static final int WIDEST = 400;

  private static final int MOST_EVIDENCE = 2;

  private ShortVerdict() {}

  /** At most six lines. */
  public static List<String> lines(PostMortem postMortem, Path report) {
    List<String> lines = new ArrayList<>();
    lines.add(postMortem.verdict().headline());
    boolean well = postMortem.verdict().kind() == VerdictKind.CLEAN;
    postMortem.verdict().evidence().stream()
        .map(evidence -> behindHeadline(evidence, postMortem.verdict().headline()))
        .limit(well ? 1 : MOST_EVIDENCE)
        .forEach(text -> lines.add("  " + cut(text)));
    if (!well) {
      Advice.of(postMortem).stream().limit(1).forEach(text -> lines.add("  Do: " + cut(text)));
    }
    if (well && !postMortem.verdict().missing().isEmpty()) {
      List<String> missing = postMortem.verdict().missing();
      lines.add("  Not known: " + cut(missing.get(missing.size() - 1)));
    }
    lines.add("  Report: " + report);
    return lines;
  }

  /** Evidence begins with whose it is, which the line above has said. */
  private static String behindHeadline(Evidence evidence, String headline) {
    String said = headline.endsWith(".") ? headline.substring(0, headline.length() - 1) : headline;
    return evidence.text().startsWith(said + ": ")
        ? evidence.text().substring(said.length() + 2)
        : evidence.text();
  }

  private static String cut(String text) {
    return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
  }
}
