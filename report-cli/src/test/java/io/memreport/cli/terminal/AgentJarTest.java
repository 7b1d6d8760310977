// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentJarTest {
  @TempDir Path lib;

  @Test
  void in_a_release_it_is_beside_the_command() throws Exception {
    Path command = lib.resolve("memreport.jar");
    assertThat(AgentJar.beside(command.toUri().toURL())).isNull();
    Path agent = Files.createFile(lib.resolve("memreport-agent.jar"));
    assertThat(AgentJar.beside(command.toUri().toURL())).isEqualTo(agent);
  }
}
