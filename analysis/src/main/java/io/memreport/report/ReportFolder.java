// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

import io.memreport.model.PostMortem;
import io.memreport.model.heapdump.HeapPostMortem;
import io.memreport.report.html.HeapPage;
import io.memreport.report.html.HtmlReport;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder that a report is written to.
 *
 * @param path created if it is missing; files of an earlier report are replaced
 */
public record ReportFolder(Path path) {
  private static final String JSON = "report.json";
  private static final String HTML = "report.html";
  private static final String SUMMARY = "summary.md";
  private static final String TIMELINE = "timeline.json";
  private static final String HEAP_JSON = "heap.json";
  private static final String HEAP_HTML = "heap.html";

  /** The report for people. */
  public Path html() {
    return path.resolve(HTML);
  }

  /** What a heap dump shows, for people. */
  public Path heapHtml() {
    return path.resolve(HEAP_HTML);
  }

  /** Writes the report with its timeline as charts show it. */
  public void write(PostMortem postMortem) throws IOException {
    write(postMortem, false);
  }

  /**
   * Writes {@code report.html}, {@code report.json} and {@code summary.md}: all of them, or none.
   *
   * @param full also write {@code timeline.json}, which has every sample of the analysis; those of
   *     an earlier report are removed otherwise
   */
  public void write(PostMortem full, boolean timeline) throws IOException {
    ready(List.of(JSON, HTML, SUMMARY, TIMELINE));
    PostMortem postMortem = full.with(full.timeline().thinned());
    whole(
        parts -> {
          if (timeline) {
            write(TIMELINE, parts, out -> JsonReport.write(full.timeline(), out));
          } else {
            Files.deleteIfExists(path.resolve(TIMELINE));
          }
          write(JSON, parts, out -> JsonReport.write(postMortem, out));
          write(HTML, parts, out -> text(out, writer -> HtmlReport.write(postMortem, writer)));
          write(
              SUMMARY,
              parts,
              out -> text(out, writer -> writer.write(SummaryMarkdown.of(postMortem))));
        });
  }

  /** Writes {@code heap.html} and {@code heap.json}: both, or none. */
  public void write(HeapPostMortem postMortem) throws IOException {
    ready(List.of(HEAP_JSON, HEAP_HTML));
    whole(
        parts -> {
          write(HEAP_JSON, parts, out -> JsonReport.write(postMortem, out));
          write(HEAP_HTML, parts, out -> text(out, writer -> HeapPage.write(postMortem, writer)));
        });
  }

  private void ready(List<String> names) throws IOException {
    Files.createDirectories(path);
    for (String name : names) {
      if (Files.isDirectory(path.resolve(name))) {
        throw new FileAlreadyExistsException(path.resolve(name).toString(), null, "is a folder");
      }
    }
  }

  /** Files take their names when all of them are written. */
  private static void whole(Content<Map<Path, Path>> writing) throws IOException {
    Map<Path, Path> parts = new LinkedHashMap<>();
    try {
      writing.to(parts);
      for (Map.Entry<Path, Path> part : parts.entrySet()) {
        Files.move(part.getKey(), part.getValue(), StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      for (Path part : parts.keySet()) {
        Files.deleteIfExists(part);
      }
    }
  }

  private interface Content<T> {
    void to(T out) throws IOException;
  }

  private void write(String name, Map<Path, Path> parts, Content<OutputStream> content)
      throws IOException {
    Path part = path.resolve(name + "." + ProcessHandle.current().pid() + ".part");
    Files.deleteIfExists(part);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.CREATE_NEW))) {
      parts.put(part, path.resolve(name));
      content.to(out);
    }
  }

  /** What is no character, as half of one, becomes a question mark. */
  private static void text(OutputStream out, Content<Writer> content) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    content.to(writer);
    writer.flush();
  }
}
