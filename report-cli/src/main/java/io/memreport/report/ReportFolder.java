// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.model.PostMortem;
import io.memreport.report.html.HtmlReport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that a report is written to.
 *
 * @param path created if it is missing; files of an earlier report are replaced
 */
public record ReportFolder(Path path) {
  /** The report for people. */
  public Path html() {
    return path.resolve("report.html");
  }

  /** Writes {@code report.html}, {@code report.json} and {@code summary.md}. */
  public void write(PostMortem postMortem) throws IOException {
    Files.createDirectories(path);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(path.resolve("report.json")))) {
      JsonReport.write(postMortem, out);
    }
    try (Writer out = Files.newBufferedWriter(html(), StandardCharsets.UTF_8)) {
      HtmlReport.write(postMortem, out);
    }
    Files.writeString(path.resolve("summary.md"), SummaryMarkdown.of(postMortem));
  }
}
