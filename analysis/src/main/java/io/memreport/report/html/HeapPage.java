// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.heapdump.ClassBytes;
import io.memreport.model.heapdump.HeapOwner;
import io.memreport.model.heapdump.HeapPostMortem;
import io.memreport.model.heapdump.HeapSuspect;
import io.memreport.report.html.part.VisibleText;
import io.memreport.report.words.HeapText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what a heap dump shows as one HTML file that loads nothing. */
public final class HeapPage {
  /** Where much comes together. */
  public record Place(String bytes, String share, String chain, String classes, List<String> from) {
    static Place of(HeapSuspect suspect, long all) {
      return new Place(
          Units.bytes(suspect.bytes()),
          percent(suspect.bytes(), all),
          VisibleText.line(HeapText.held(suspect)),
          VisibleText.line(HeapText.classes(suspect)),
          suspect.sources().stream().map(HeapText::source).map(VisibleText::line).toList());
    }
  }

  /** One object that alone keeps much. */
  public record Owner(String bytes, String share, String name, String chain) {
    static Owner of(HeapOwner owner, long all) {
      return new Owner(
          Units.bytes(owner.bytes()),
          percent(owner.bytes(), all),
          VisibleText.line(owner.name()),
          VisibleText.line(HeapText.chain(owner.chain())));
    }
  }

  /** One row of the histogram. */
  public record Row(String bytes, String share, String objects, String name) {
    static Row of(ClassBytes row, long all) {
      return new Row(
          Units.bytes(row.bytes()),
          percent(row.bytes(), all),
          String.format(Locale.ROOT, "%,d", row.objects()),
          VisibleText.line(row.className()));
    }
  }

  private HeapPage() {}

  /** The same dump always gives the same text. */
  public static void write(HeapPostMortem postMortem, Writer out) throws IOException {
    String style = HtmlReport.resource("report.css");
    long all = postMortem.dump().bytes();
    HtmlReport.process(
        "heap.ftlh",
        Map.of(
            "headline",
            VisibleText.line(postMortem.headline()),
            "facts",
            facts(postMortem),
            "places",
            postMortem.dump().suspects().stream().map(each -> Place.of(each, all)).toList(),
            "owners",
            postMortem.dump().owners().stream().map(each -> Owner.of(each, all)).toList(),
            "classes",
            postMortem.dump().classes().stream().map(each -> Row.of(each, all)).toList(),
            "notes",
            postMortem.notes().stream().map(VisibleText::line).toList(),
            "style",
            style,
            "styleHash",
            HtmlReport.hash(style)),
        out);
  }

  private static String facts(HeapPostMortem postMortem) {
    return VisibleText.line(
        String.format(Locale.ROOT, "%,d", postMortem.dump().objects())
            + " objects, "
            + Units.bytes(postMortem.dump().bytes())
            + ", in "
            + postMortem.dump().file()
            + (postMortem.dump().takenAt() == null
                ? ""
                : ", taken at " + postMortem.dump().takenAt())
            + "; "
            + Units.bytes(postMortem.dump().unreachableBytes())
            + " more that nothing holds");
  }

  private static String percent(long bytes, long all) {
    return all == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * bytes / all);
  }
}
