// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.run;

import java.nio.file.Path;
import java.util.Map;

/** What the environment of a command needs so that each JVM below it loads the agent. */
final class AgentEnvironment {
  /** Each JVM reads it, whatever starts it: "The JAVA_TOOL_OPTIONS Environment Variable". */
  static final String OPTIONS = "JAVA_TOOL_OPTIONS";

  /** The agent's option {@code out}. */
  static final String OUT = "MEMREPORT_OUT";

  /** Tells the agent of a JVM that it was not asked for in that JVM in particular. */
  static final String BELOW = "MEMREPORT_BELOW_RUN";

  private AgentEnvironment() {}

  /**
   * Adds the agent to what the user has there.
   *
   * @param environment of the command, changed
   * @param agentOptions as behind {@code -javaagent:memreport-agent.jar=}, may be empty
   */
  static void add(Map<String, String> environment, Path agent, String agentOptions, Path out) {
    String option =
        quoted("-javaagent:" + agent + (agentOptions.isEmpty() ? "" : "=" + agentOptions));
    environment.merge(
        OPTIONS, option, (theirs, ours) -> theirs.isBlank() ? ours : theirs + " " + ours);
    environment.put(OUT, out.toString());
    environment.put(BELOW, "true");
  }

  /** The JVM parts the variable at blanks that stand in no quotes. */
  private static String quoted(String option) {
    if (option.chars().noneMatch(Character::isWhitespace)) {
      return option;
    }
    String quote = option.indexOf('"') < 0 ? "\"" : "'";
    return quote + option + quote;
  }
}
