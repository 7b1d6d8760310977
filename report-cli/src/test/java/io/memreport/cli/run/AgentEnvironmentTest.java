// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentEnvironmentTest {
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void the_agent_comes_behind_what_the_user_has() {
    environment.put("JAVA_TOOL_OPTIONS", "-Xmx1g -Da='b c'");
    add("/opt/agent.jar", "");
    assertThat(environment)
        .containsEntry("JAVA_TOOL_OPTIONS", "-Xmx1g -Da='b c' -javaagent:/opt/agent.jar")
        .containsEntry("MEMREPORT_OUT", "/t/runs")
        .containsEntry("MEMREPORT_BELOW_RUN", "true");
  }

  @Test
  void options_of_the_agent_go_with_it() {
    environment.put("JAVA_TOOL_OPTIONS", " ");
    add("/opt/agent.jar", "leaks=gc,native=all");
    assertThat(environment)
        .containsEntry("JAVA_TOOL_OPTIONS", "-javaagent:/opt/agent.jar=leaks=gc,native=all");
  }

  @Test
  void a_path_with_blanks_stays_one_option() {
    add("/my tools/agent.jar", "");
    assertThat(environment)
        .containsEntry("JAVA_TOOL_OPTIONS", "\"-javaagent:/my tools/agent.jar\"");
    environment.clear();
    add("/my \"tools\"/agent.jar", "");
    assertThat(environment)
        .containsEntry("JAVA_TOOL_OPTIONS", "'-javaagent:/my \"tools\"/agent.jar'");
  }

  private void add(String agent, String options) {
    AgentEnvironment.add(environment, Path.of(agent), options, Path.of("/t/runs"));
  }
}
