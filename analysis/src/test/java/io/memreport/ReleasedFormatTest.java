// SPDX-License-Identifier: Apache-2.0
package io.memreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import io.memreport.model.Run;
import io.memreport.model.TestResult;
import io.memreport.model.verdict.VerdictKind;
import io.memreport.report.JsonReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each released version wrote is still read: a run that ended well, one that was killed, and
 * the report of both. A new version adds a folder of its own; none is ever written anew.
 */
class ReleasedFormatTest {
  private static final long KEPT = 24 << 20;

  /** What else a test's first execution leaves: classes, caches. */
  private static final long ELSE = 4 << 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = "0.1")
  void recordings_and_boxes_are_read(String version) throws IOException {
    unzip(version);
    Analysis analysis = Analysis.of(List.of(folder), List.of(), read -> {});
    assertThat(analysis.problems()).isEmpty();
    says(analysis.postMortem());
    assertThat(analysis.findsLeak()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = "0.1")
  void reports_are_read(String version) throws IOException {
    try (InputStream in = resource(version, "report.json")) {
      says(JsonReport.read(in));
    }
  }

  private static void says(PostMortem postMortem) {
    assertThat(postMortem.runs())
        .extracting(Run::ending)
        .containsExactlyInAnyOrder(Ending.CLEAN, Ending.KILLED);
    assertThat(postMortem.tests())
        .extracting(TestResult::methodName)
        .contains("keeps_pictures", "sums_orders");
    TestResult keeper =
        postMortem.tests().stream()
            .filter(test -> "keeps_pictures".equals(test.methodName()))
            .findFirst()
            .orElseThrow();
    assertThat(keeper.heap().retainedBytes()).isCloseTo(KEPT, within(ELSE));
    assertThat(postMortem.queries())
        .filteredOn(query -> query.sql().equals("select text from orders order by text"))
        .singleElement()
        .satisfies(query -> assertThat(query.rows()).isGreaterThanOrEqualTo(20_000));
    assertThat(postMortem.verdict().kind()).isEqualTo(VerdictKind.KILLED);
  }

  private void unzip(String version) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(resource(version, "runs.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
  }

  private static InputStream resource(String version, String name) {
    return ReleasedFormatTest.class.getResourceAsStream("released/" + version + "/" + name);
  }
}
