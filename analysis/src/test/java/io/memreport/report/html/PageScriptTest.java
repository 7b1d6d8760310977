// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageScriptTest {
  private static final Path FOLDER = Path.of("src/main/resources/io/memreport/report/html/script");

  @Test
  void what_only_people_need_is_not_sent_to_browsers() {
    assertThat(HtmlReport.compact("/* a\n b */\n.x  > a:hover,\n .y {\n  margin: 0 -1px;\n}\n"))
        .isEqualTo(".x  > a:hover,.y{margin:0 -1px;}");
    assertThat(Pages.of(Endings.supervised())).doesNotContain("// Numbers, as", "\n  const ");
  }

  @Test
  void each_file_of_it_is_in_the_page_once() throws IOException {
    String page = Pages.of(Endings.supervised());
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> all = files.toList();
      assertThat(all).hasSameSizeAs(PageScript.PARTS);
      for (Path file : all) {
        String code =
            Files.readString(file)
                .lines()
                .map(String::stripLeading)
                .filter(line -> !line.startsWith("//"))
                .reduce("", (a, b) -> a + b + "\n");
        assertThat(page.split(Pattern.quote(code), -1)).as(file.toString()).hasSize(2);
      }
    }
  }
}
