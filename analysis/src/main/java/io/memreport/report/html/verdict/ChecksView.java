// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html.verdict;

import io.memreport.model.PostMortem;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.CheckWords;
import java.util.List;

/**
 * What was looked for, and what came of it.
 *
 * @param summary how many of each; empty in reports of versions that did not tell
 */
public record ChecksView(String summary, List<Row> rows) {
  /** Kinds of findings of which the same is to be said. */
  public record Row(String text, List<String> ids) {}

  public static ChecksView of(PostMortem postMortem) {
    return new ChecksView(
        CheckWords.summary(postMortem.checks()),
        CheckWords.of(postMortem.checks()).stream()
            .map(
                same ->
                    new Row(
                        VisibleText.shorten(VisibleText.line(same.text()), 600),
                        same.ids().stream().map(VisibleText::label).toList()))
            .toList());
  }
}
