// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After {@code Statement.setQueryTimeout}, which in this driver bounds waiting for a lock only. */
final class SqliteTimeout {
  private SqliteTimeout() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(
      @Advice.This Object statement,
      @Advice.FieldValue("conn") Object connection,
      @Advice.Argument(0) int seconds) {
    Jdbc.timeout(statement, connection, seconds);
  }
}
