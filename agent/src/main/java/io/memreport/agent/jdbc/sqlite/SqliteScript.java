// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/**
 * Around {@code executeUpdate(String)} of SQLite: runs all statements of a script and keeps none.
 */
final class SqliteScript {
  private SqliteScript() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(
      @Advice.This Object statement,
      @Advice.FieldValue("conn") Object connection,
      @Advice.Argument(0) String sql) {
    return Jdbc.begin(statement, connection, sql, false);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(
      @Advice.Enter Object begun, @Advice.Argument(0) String sql, @Advice.Thrown Throwable thrown) {
    Jdbc.end(begun, sql, true, false, false, thrown);
  }
}
