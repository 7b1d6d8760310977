// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.ci;

import java.io.IOException;
import java.util.Map;

/** CI servers, each known by a variable that it sets for its jobs. */
enum Server {
  GITHUB("GITHUB_ACTIONS", "GitHub Actions", GitHub::publish),
  GITLAB("GITLAB_CI", "GitLab", GitLab::publish),
  AZURE("TF_BUILD", "Azure Pipelines", Azure::publish),
  TEAMCITY("TEAMCITY_VERSION", "TeamCity", TeamCity::publish),
  BUILDKITE("BUILDKITE", "Buildkite", Buildkite::publish),
  CIRCLECI("CIRCLECI", "CircleCI", Server::sayNothing),
  BITBUCKET("BITBUCKET_BUILD_NUMBER", "Bitbucket", Server::sayNothing),
  JENKINS("JENKINS_URL", "Jenkins", Jenkins::publish),
  NONE("", "no CI server that is known", Server::sayNothing);

  private final String variable;
  private final String label;
  private final Surface surface;

  Server(String variable, String label, Surface surface) {
    this.variable = variable;
    this.label = label;
    this.surface = surface;
  }

  /** How one of them is told. */
  private interface Surface {
    void publish(Publication publication) throws IOException;
  }

  static Server of(Map<String, String> environment) {
    for (Server server : values()) {
      String value = environment.get(server.variable);
      if (value != null && !value.isEmpty() && !value.equalsIgnoreCase("false")) {
        return server;
      }
    }
    return NONE;
  }

  String label() {
    return label;
  }

  /**
   * Writes and prints what it reads.
   *
   * @throws IOException if a file that the server names can't be written
   */
  void publish(Publication publication) throws IOException {
    surface.publish(publication);
  }

  /** These show artifacts only. */
  private static void sayNothing(Publication publication) {}
}
