// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After SQLite compiled the text of a statement. */
final class SqliteCompile {
  private SqliteCompile() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Jdbc.resume();
  }

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(@Advice.Argument(0) Object statement) {
    Jdbc.compiled(statement);
  }
}
