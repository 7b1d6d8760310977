// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.memreport.model.PostMortem;
import io.memreport.report.KilledForks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page as it reads without style, script or pictures, with its anchors. After a wanted change,
 * {@code -Dgolden=update} rewrites the file; read the difference.
 */
class GoldenPageTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/memreport/report/html");
  private static final Pattern ID =
      Pattern.compile("<(?:section|tr|article|table|details)[^>]*? id=\"([^\"]+)\"[^>]*>");

  @Test
  void ofASuiteThatLeaksReadsAsTheGoldenTextDoes() throws IOException {
    check("guilty.txt", Suite.guilty());
  }

  @Test
  void ofForksThatWereKilledReadsAsTheGoldenTextDoes() throws IOException {
    check("killed.txt", KilledForks.postMortem());
  }

  private static void check(String name, PostMortem postMortem) throws IOException {
    Path golden = GOLDEN.resolve(name);
    String text = text(Pages.of(postMortem));
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }

  private static String text(String page) {
    String body = page.substring(page.indexOf("<body>")).replaceAll("(?s)<script.*?</script>", "");
    body =
        body.replaceAll("(?s)<title>.*?</title>", "")
            .replaceAll("(?s)<svg class=\"ticks.*?</svg>", "");
    body = ID.matcher(body).replaceAll("\n[#$1] ");
    body = body.replaceAll("<svg[^>]* aria-label=\"([^\"]*)\"[^>]*>", "\n($1)\n");
    body = body.replaceAll("<h([1-3])>", "\n$1. ").replaceAll("<t[dh][^>]*>", " | ");
    body = body.replaceAll("<(?:p|tr|li|div|ul|ol|caption|summary|section|nav)[ >]", "\n$0");
    body = body.replaceAll("<[^>]*>", "");
    return body.replaceAll("[ \t]+", " ").replaceAll("\\s*\n\\s*", "\n").strip() + "\n";
  }
}
