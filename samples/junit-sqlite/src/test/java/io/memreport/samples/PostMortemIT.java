// SPDX-License-Identifier: Apache-2.0
package io.memreport.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole path with the real jars: the suite under the agent, then its post-mortem. */
@Isolated("a query that takes long is one more finding")
class PostMortemIT {
  private static final int STATEMENTS = 2003;
  private static final long THUMBNAILS = 24 * 1_000_003L;
  private static final long MIB = 1 << 20;

  static Stream<Path> javaHomes() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> others = Files.list(installed)) {
        others
            .filter(home -> home.getFileName().toString().contains("25"))
            .filter(home -> Files.isExecutable(home.resolve("bin/java")))
            .forEach(homes::add);
      }
    }
    if (homes.size() == 1) {
      System.out.println("Only " + homes.get(0) + " is tested: no JDK 25 under " + installed);
    }
    return homes.stream();
  }

  @ParameterizedTest
  @MethodSource("javaHomes")
  void names_the_four_guilty_tests_and_no_other(Path javaHome, @TempDir Path folder)
      throws Exception {
    Path recordings = folder.resolve("recordings");
    Path report = folder.resolve("report");
    String agent = "-javaagent:" + property("agent") + "=out=" + recordings + ",leaks=gc";
    Path java = javaHome.resolve("bin/java");
    run(folder, java, agent, "-jar", property("sample"));
    String terminal =
        run(folder, java, "-jar", property("cli"), "analyze", recordings, "-o", report);

    JsonNode json = new ObjectMapper().readTree(report.resolve("report.json").toFile());
    assertThat(json.at("/verdict/kind").asText()).isEqualTo("leak");
    Map<String, Long> guilty =
        all(json.at("/verdict/culprits")).stream()
            .filter(culprit -> culprit.get("type").asText().equals("test"))
            .collect(Collectors.toMap(c -> c.get("name").asText(), c -> c.get("bytes").asLong()));
    assertThat(guilty.keySet())
        .containsExactlyInAnyOrder(
            "OrderHistoryReportTest.sums_up_revenue_by_region()",
            "CustomerImportTest.imports_a_file_of_customers()",
            "TopSellersTest.ranks_all_sales_by_price()",
            "RecommendationsTest.shows_a_picture_to_every_customer()");
    assertThat(guilty.get("OrderHistoryReportTest.sums_up_revenue_by_region()"))
        .isBetween(30 * MIB, 45 * MIB);
    assertThat(guilty.get("CustomerImportTest.imports_a_file_of_customers()"))
        .isBetween(1000L * STATEMENTS, 8000L * STATEMENTS);
    assertThat(guilty.get("TopSellersTest.ranks_all_sales_by_price()"))
        .isBetween(30 * MIB, 120 * MIB);
    assertThat(guilty.get("RecommendationsTest.shows_a_picture_to_every_customer()"))
        .isBetween(THUMBNAILS - MIB, THUMBNAILS + MIB);

    String headline = json.at("/verdict/headline").asText();
    assertThat(headline).hasSizeLessThanOrEqualTo(90).contains("(+3 more)");
    String evidence = json.at("/verdict/evidence").toString();
    guilty.keySet().forEach(name -> assertThat(evidence).contains(name));
    assertThat(terminal).contains(headline);
    assertThat(all(json.get("findings")))
        .extracting(finding -> finding.get("id").asText())
        // True of the forgotten INSERTs, and seen only if their connection is idle for long enough.
        .filteredOn(id -> !id.equals("sqlite.generated-keys-busy"))
        // True of what the sort gave back, of which malloc keeps about as much as is told of.
        .filteredOn(id -> !id.equals("sqlite.kept-by-malloc"))
        .containsExactlyInAnyOrder(
            "sqlite.page-cache-retained",
            "java.heap-retained",
            "sqlite.statement-not-closed",
            "sqlite.sort-in-memory",
            // The setting behind the first, and what else it allows.
            "sqlite.cache-size-unbounded",
            "sqlite.temporary-sort",
            "sqlite.sorter-follows-cache");
    assertThat(all(json.get("findings")).toString())
        .contains(STATEMENTS + " statements")
        .contains("static shop.RecommendationsTest.THUMBNAILS");
    assertThat(report.resolve("report.html")).isNotEmptyFile();
    assertThat(report.resolve("summary.md")).isNotEmptyFile();
    sumsUp(json);
  }

  /**
   * What tests and connections hold is what the library holds, less what the pool's own threads did
   * between tests; and the parts are the RSS.
   */
  private static void sumsUp(JsonNode json) {
    long connections = sum(json.get("connections"), "/sqlite/heldBytes");
    JsonNode sqlite =
        all(json.get("nativeLibraries")).stream()
            .filter(library -> library.get("sqlite").asBoolean())
            .findFirst()
            .orElseThrow();
    long held = sqlite.get("heldBytes").asLong();
    assertThat(connections).isBetween(held * 98 / 100, held);
    assertThat(sum(json.get("tests"), "/sqlite/retainedBytes")).isBetween(held * 98 / 100, held);
    long allocated = sqlite.get("allocatedBytes").asLong();
    assertThat(sum(json.get("tests"), "/sqlite/allocatedBytes"))
        .isBetween(allocated * 98 / 100, allocated);
    JsonNode memory = json.at("/runs/0/memoryAtEnd");
    long parts =
        StreamSupport.stream(memory.spliterator(), false).mapToLong(JsonNode::asLong).sum();
    assertThat(parts).isEqualTo(2 * memory.get("rssBytes").asLong());
    assertThat(all(json.get("tests")))
        .allMatch(test -> test.at("/sqlite/retainedBytes").asLong() >= 0);
  }

  private static long sum(JsonNode rows, String bytes) {
    return all(rows).stream().mapToLong(row -> row.at(bytes).asLong()).sum();
  }

  private static List<JsonNode> all(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private static String property(String jar) {
    return System.getProperty("memreport." + jar + ".jar");
  }

  private static String run(Path folder, Object... command) throws Exception {
    Path stdout = folder.resolve("stdout.txt");
    Path stderr = folder.resolve("stderr.txt");
    Process process =
        new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(stderr)).isZero();
    return Files.readString(stdout);
  }
}
