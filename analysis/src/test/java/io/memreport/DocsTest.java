// SPDX-License-Identifier: Apache-2.0
package io.memreport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links in the documentation lead to files that are there. */
class DocsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md").map(ROOT::resolve),
              files.filter(file -> file.toString().endsWith(".md")))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void each_link_leads_to_a_file(Path page) throws IOException {
    Matcher links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      String link = links.group(1);
      if (!link.contains("://") && !link.startsWith("#")) {
        assertThat(page.resolveSibling(link.replaceFirst("#.*", ""))).as(link).exists();
      }
    }
  }

  /** Of the findings the index is generated; of the rest somebody must have thought. */
  @ParameterizedTest
  @MethodSource("pages")
  void each_page_is_in_an_index(Path page) throws IOException {
    boolean top = page.getParent().equals(ROOT.resolve("docs"));
    if (top && !page.endsWith("README.md")) {
      assertThat(ROOT.resolve("docs/README.md")).content().contains("(" + page.getFileName() + ")");
    }
  }
}
