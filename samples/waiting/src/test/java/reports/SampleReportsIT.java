// SPDX-License-Identifier: Apache-2.0
package reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that makes reports to look at, of the kinds that need no rights and no minutes. Here
 * all jars are built: it would build them below the tests of a module before.
 */
class SampleReportsIT {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern KINDS = Pattern.compile("kinds=\\$\\{\\*:-([^}]+)}");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

  @TempDir Path folder;

  private int status;

  private String script(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "samples/reports.sh"));
    command.addAll(Arrays.asList(arguments));
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    status = process.waitFor();
    return Files.readString(out);
  }

  private JsonNode report(String kind) throws IOException {
    assertThat(folder.resolve(kind).resolve("report.html")).isNotEmptyFile();
    assertThat(folder.resolve(kind).resolve("log.txt")).exists();
    return new ObjectMapper().readTree(folder.resolve(kind).resolve("report.json").toFile());
  }

  @Test
  void makes_the_reports_that_were_asked_for_and_says_what_they_say() throws Exception {
    String said = script(folder.toString(), "clean", "java-oom");
    assertThat(status).as(said).isZero();
    assertThat(report("clean").at("/verdict/kind").asText()).isEqualTo("clean");
    JsonNode full = report("java-oom");
    assertThat(full.at("/verdict/kind").asText()).isEqualTo("java-oom");
    assertThat(said)
        .contains(full.at("/verdict/headline").asText())
        .contains(folder.resolve("java-oom/report.html").toString());
    assertThat(folder.resolve("leak")).doesNotExist();
  }

  @Test
  void refuses_a_kind_that_it_does_not_know() throws Exception {
    String said = script(folder.toString(), "no-such-kind");
    assertThat(status).isEqualTo(2);
    assertThat(said).contains("no such kind: no-such-kind");
  }

  @Test
  void the_documentation_has_a_row_for_each_kind() throws IOException {
    Matcher kinds = KINDS.matcher(Files.readString(ROOT.resolve("samples/reports.sh")));
    assertThat(kinds.find()).isTrue();
    String page = Files.readString(ROOT.resolve("docs/reading.md"));
    String table = page.substring(page.indexOf("## Reports to look at"), page.indexOf("## Memory"));
    assertThat(ROW.matcher(table).results().map(row -> row.group(1)))
        .containsExactly(kinds.group(1).split(" "));
  }
}
