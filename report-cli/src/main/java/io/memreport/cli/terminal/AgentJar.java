// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.nio.file.Path;

/** Where the agent lies beside this command. */
public final class AgentJar {
  private AgentJar() {}

  /** Its path, whether there is a file or not. */
  public static Path path() {
    return Path.of(System.getProperty("memreport.home", "."))
        .toAbsolutePath()
        .resolve("agent/target/memreport-agent.jar")
        .normalize();
  }
}
