// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.options;

import picocli.CommandLine.Option;

/** What a command tells the agents that it starts. */
public final class AgentOption {
  @Option(
      names = "--agent-options",
      paramLabel = "KEY=VALUE,…",
      defaultValue = "",
      description = "Options of the agent, as after -javaagent:memreport-agent.jar=.")
  private String text;

  /** As behind {@code -javaagent:memreport-agent.jar=}; may be empty. */
  public String text() {
    return text;
  }
}
