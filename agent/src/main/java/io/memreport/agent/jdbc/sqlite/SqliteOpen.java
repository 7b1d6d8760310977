// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.JdbcConnections;
import net.bytebuddy.asm.Advice;

/** Around {@code JDBC.createConnection}, which opens and applies what the URL asks for. */
final class SqliteOpen {
  private SqliteOpen() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    JdbcConnections.opening();
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Return Object connection) {
    JdbcConnections.opened(connection);
  }
}
