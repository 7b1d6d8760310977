// SPDX-License-Identifier: Apache-2.0
package io.memreport.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memreport.model.PostMortem;
import io.memreport.model.TestResult;
import io.memreport.model.memory.SharedUse;
import io.memreport.report.JsonReport;
import io.memreport.report.ReportFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports of large suites stay small enough to keep as an artifact of each build. */
class ReportSizeTest {
  private static final long MB = 1_000_000;

  @TempDir Path folder;

  @Test
  void of_5400_tests_the_json_is_under_3_MB_and_reads_back() throws IOException {
    PostMortem suite = Suite.large(5_400, 400);
    suite = suite.with(suite.tests().stream().map(ReportSizeTest::asRecorded).toList());
    new ReportFolder(folder).write(suite);
    Path json = folder.resolve("report.json");
    assertThat(Files.size(json)).isLessThan(3 * MB);
    try (InputStream in = Files.newInputStream(json)) {
      assertThat(JsonReport.read(in)).isEqualTo(suite);
    }
    assertThat(folder.resolve("timeline.json")).doesNotExist();
  }

  /** With names as long as real ones are, and shared memory. */
  private static TestResult asRecorded(TestResult test) {
    return new TestResult(
        test.id(),
        test.runId(),
        test.kind(),
        test.className(),
        "finds_" + test.methodName(),
        "finds_" + test.methodName() + "()",
        test.status(),
        test.startedAt(),
        test.durationNanos(),
        test.threadCount(),
        test.heap(),
        test.sqlite(),
        new SharedUse(0L, 0L, 0),
        test.leaks(),
        test.queries(),
        test.classes(),
        test.failure());
  }

  @Test
  void of_a_long_run_the_timeline_is_thinned_and_full_has_all_of_it() throws IOException {
    PostMortem run = Suite.hours(2);
    new ReportFolder(folder).write(run, true);
    ObjectMapper mapper = new ObjectMapper();
    JsonNode report = mapper.readTree(folder.resolve("report.json").toFile());
    JsonNode full = mapper.readTree(folder.resolve("timeline.json").toFile());
    assertThat(report.at("/timeline/samples").size()).isBetween(500, 650);
    assertThat(full.get("schema").asText()).isEqualTo("memreport-timeline/1");
    assertThat(full.get("samples")).hasSize(run.timeline().samples().size());
    assertThat(Files.size(folder.resolve("report.json"))).isLessThan(MB / 2);
    assertThat(Files.size(folder.resolve("report.html"))).isLessThan(MB / 2);
    new ReportFolder(folder).write(run);
    assertThat(folder.resolve("timeline.json")).doesNotExist();
  }
}
