// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.model.PostMortem;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.Advice;
import io.memreport.report.words.VerdictWords;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** A page that leads to several reports. */
public final class IndexPage {
  private static final int LONGEST = 600;

  /**
   * One report.
   *
   * @param question what it answers
   * @param link its page, relative to this one
   */
  public record Entry(
      String question, String link, String state, String confidence, String headline, String fix) {

    public static Entry of(String question, String link, PostMortem postMortem) {
      return new Entry(
          question,
          link,
          VerdictWords.state(postMortem.verdict().kind()),
          postMortem.verdict().confidence().label(),
          VisibleText.shorten(VisibleText.line(postMortem.verdict().headline()), LONGEST),
          Advice.of(postMortem).stream()
              .findFirst()
              .map(step -> VisibleText.shorten(VisibleText.line(step.text()), LONGEST))
              .orElse(""));
    }
  }

  private IndexPage() {}

  /** Writes it as one file that loads nothing. */
  public static void write(String title, List<Entry> entries, Writer out) throws IOException {
    String style = HtmlReport.resource("report.css");
    HtmlReport.process(
        "index.ftlh",
        Map.of(
            "title",
            title,
            "entries",
            entries,
            "style",
            style,
            "styleHash",
            HtmlReport.hash(style)),
        out);
  }
}
