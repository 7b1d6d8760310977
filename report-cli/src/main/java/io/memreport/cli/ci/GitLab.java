// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A link to the report on the job's page ({@code artifacts:reports:annotations}), and few figures
 * for the merge request ({@code artifacts:reports:metrics}).
 */
final class GitLab {
  /** Names of files that the job's definition gives to GitLab. */
  static final String ANNOTATIONS = "gitlab-annotations.json";

  static final String METRICS = "metrics.txt";

  /** A label of the page has room for so much. */
  private static final int LONGEST = 120;

  private GitLab() {}

  static void publish(Publication publication) throws IOException {
    JsonMapper mapper = new JsonMapper();
    ObjectNode document = mapper.createObjectNode();
    ObjectNode link = document.putArray("memreport").addObject().putObject("external_link");
    String headline = publication.headline();
    link.put("label", headline.length() <= LONGEST ? headline : headline.substring(0, LONGEST));
    link.put("url", url(publication));
    Files.writeString(publication.file(ANNOTATIONS), mapper.writeValueAsString(document) + "\n");
    Files.writeString(publication.file(METRICS), Metrics.of(publication.postMortem()));
  }

  /** The page of an artifact is named by its path below the project. */
  private static String url(Publication publication) {
    Path project = Path.of(publication.variable("CI_PROJECT_DIR")).toAbsolutePath();
    Path report = publication.folder().html().toAbsolutePath();
    String path =
        (report.startsWith(project) ? project.relativize(report) : report.getFileName())
            .toString()
            .replace('\\', '/');
    return publication.variable("CI_JOB_URL") + "/artifacts/file/" + path;
  }
}
