// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.memreport.diagnosis.Diagnosis;
import io.memreport.fixtures.ARun;
import io.memreport.fixtures.ATest;
import io.memreport.fixtures.SomeFacts;
import io.memreport.model.Ending;
import io.memreport.model.PostMortem;
import io.memreport.report.ReportFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each server's runner is played: its variables are set, and what it would read is looked at. */
class CiPagesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** What would begin or end something in one of the formats. */
  private static final String HOSTILE = "ff'|]mpeg\n::error::%x;y,z";

  @TempDir Path folder;
  private Path checkout;
  private ReportFolder report;

  @BeforeEach
  void checksOut() throws IOException {
    checkout = Files.createDirectory(folder.resolve("checkout"));
    Path tests = Files.createDirectories(checkout.resolve("web/src/test/java/shop"));
    Files.writeString(
        tests.resolve("OrderTest.java"),
        "package shop;\n\nclass OrderTest {\n  // renders are slow\n  @Test\n  void renders() {}\n}\n");
    Path copy = Files.createDirectories(checkout.resolve("web/target/shop"));
    Files.writeString(copy.resolve("OrderTest.java"), "renders()");
    report = new ReportFolder(checkout.resolve("out"));
  }

  @Test
  void github_gets_annotations_at_the_test_s_line_and_a_summary() throws IOException {
    Path summary = Files.writeString(folder.resolve("summary"), "before\n");
    String log =
        publish(
            Map.of(
                "GITHUB_ACTIONS",
                "true",
                "GITHUB_STEP_SUMMARY",
                summary.toString(),
                "GITHUB_WORKSPACE",
                checkout.toString()));
    assertThat(log.lines()).hasSize(1);
    assertThat(log)
        .startsWith(
            "::error file=web/src/test/java/shop/OrderTest.java,line=6,title=The kernel killed ff'|]mpeg")
        .contains("%0A%3A%3Aerror%3A%3A%25x;y%2Cz");
    assertThat(Files.readString(summary)).startsWith("before\n## 🔴 The kernel killed");
    assertThat(Files.readString(checkout.resolve("out/comment.md")))
        .startsWith("<!-- memreport -->\n## 🔴 The kernel killed");
  }

  @Test
  void gitlab_gets_a_link_to_the_report_and_few_figures() throws IOException {
    publish(
        Map.of(
            "GITLAB_CI", "true",
            "CI_PROJECT_DIR", checkout.toString(),
            "CI_JOB_URL", "https://gitlab.example/shop/-/jobs/7"));
    JsonNode link =
        new JsonMapper()
            .readTree(checkout.resolve("out/gitlab-annotations.json").toFile())
            .at("/memreport/0/external_link");
    assertThat(link.get("url").asText())
        .isEqualTo("https://gitlab.example/shop/-/jobs/7/artifacts/file/out/report.html");
    assertThat(link.get("label").asText()).startsWith("The kernel killed");
    assertThat(Files.readString(checkout.resolve("out/metrics.txt")))
        .isEqualTo(
            "# TYPE memreport_killed gauge\nmemreport_killed 0\n"
                + "# TYPE memreport_findings gauge\nmemreport_findings 1\n# EOF\n");
  }

  @Test
  void azure_gets_issues_and_a_summary() throws IOException {
    String log = publish(Map.of("TF_BUILD", "True", "BUILD_SOURCESDIRECTORY", checkout.toString()));
    assertThat(log.lines()).hasSize(2);
    assertThat(log)
        .startsWith(
            "##vso[task.logissue type=error;sourcepath=web/src/test/java/shop/OrderTest.java;linenumber=6]The")
        .contains("%0A::error::%AZP25x;y,z")
        .contains("##vso[task.uploadsummary]" + checkout.resolve("out/summary.md"));
  }

  @Test
  void teamcity_gets_messages_and_the_artifacts() throws IOException {
    String log = publish(Map.of("TEAMCITY_VERSION", "2026.1"));
    assertThat(log.lines()).hasSize(3).allMatch(line -> line.matches("##teamcity\\[.*'\\]"));
    assertThat(log).contains("ff|'|||]mpeg").contains(checkout.resolve("out") + " => memreport");
  }

  @Test
  void jenkins_finds_the_summary_as_an_attachment_of_the_class() throws IOException {
    Path reports = Files.createDirectories(checkout.resolve("web/target/surefire-reports"));
    Files.createFile(reports.resolve("TEST-shop.OrderTest.xml"));
    publish(Map.of("JENKINS_URL", "https://ci/", "WORKSPACE", checkout.toString()));
    assertThat(reports.resolve("shop.OrderTest/memreport.md"))
        .content()
        .startsWith("## 🔴 The kernel killed");
  }

  @Test
  void a_server_is_known_by_its_variable() {
    assertThat(Server.of(Map.of())).isEqualTo(Server.NONE);
    assertThat(Server.of(Map.of("CI", "true"))).isEqualTo(Server.NONE);
    assertThat(Server.of(Map.of("GITHUB_ACTIONS", "false"))).isEqualTo(Server.NONE);
    assertThat(Server.of(Map.of("CIRCLECI", "true"))).isEqualTo(Server.CIRCLECI);
    assertThat(Server.of(Map.of("BITBUCKET_BUILD_NUMBER", "7"))).isEqualTo(Server.BITBUCKET);
    assertThat(Server.of(Map.of("BUILDKITE", "true"))).isEqualTo(Server.BUILDKITE);
  }

  private String publish(Map<String, String> environment) throws IOException {
    PostMortem postMortem = postMortem();
    report.write(postMortem);
    StringWriter log = new StringWriter();
    new CiPages(environment, environment.containsKey("TEAMCITY_VERSION") ? checkout : null)
        .show(postMortem, report, new PrintWriter(log));
    return log.toString();
  }

  private static PostMortem postMortem() {
    ATest test = ATest.of("r", "renders");
    return Diagnosis.of(
        new SomeFacts()
            .run(ARun.of("r", NOON.plusSeconds(60)).ending(Ending.CLEAN))
            .test(test)
            .oomKills("r", NOON.plusSeconds(3), 0)
            .oomKills("r", NOON.plusSeconds(4), 1)
            .child("r", test.build().id(), 70, HOSTILE, NOON.plusSeconds(4), 137L)
            .build());
  }
}
