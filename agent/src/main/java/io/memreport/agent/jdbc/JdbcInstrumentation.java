// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import net.bytebuddy.agent.builder.AgentBuilder;

/** All that is woven into JDBC drivers. */
public final class JdbcInstrumentation {
  private JdbcInstrumentation() {}

  /** Adds the matchers and their advice. */
  public static AgentBuilder install(AgentBuilder builder) {
    return DriverInstrumentation.install(SqliteInstrumentation.install(builder));
  }
}
