// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the agent is: where it is built, or beside the command's own jar, as in a release. */
public final class AgentJar {
  private AgentJar() {}

  /** Its path, whether there is a file or not. */
  public static Path path() {
    Path built =
        Path.of(System.getProperty("memreport.home", "."))
            .toAbsolutePath()
            .resolve("agent/target/memreport-agent.jar")
            .normalize();
    if (Files.isRegularFile(built)) {
      return built;
    }
    Path released = beside(AgentJar.class.getProtectionDomain().getCodeSource().getLocation());
    return released == null ? built : released;
  }

  /**
   * Null if there is none.
   *
   * @param command where this class comes from
   */
  static Path beside(URL command) {
    try {
      Path agent = Path.of(command.toURI()).resolveSibling("memreport-agent.jar");
      return Files.isRegularFile(agent) ? agent : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
