// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import io.memreport.recorder.scope.JdbcConnections;
import net.bytebuddy.asm.Advice;

/** After a connection was opened, committed or the like. */
final class SqliteConnectionWork {
  private SqliteConnectionWork() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Jdbc.resume();
  }

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(@Advice.This Object connection) {
    JdbcConnections.works(connection);
  }
}
