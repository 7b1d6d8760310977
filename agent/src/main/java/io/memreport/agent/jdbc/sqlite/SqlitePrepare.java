// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After the constructor of a prepared statement, which compiles. */
final class SqlitePrepare {
  private SqlitePrepare() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Jdbc.resume();
  }

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(
      @Advice.This Object statement,
      @Advice.Argument(0) Object connection,
      @Advice.Argument(1) String sql) {
    Jdbc.prepared(statement, connection, sql);
  }
}
