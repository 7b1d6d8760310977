// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** Around updates and batches of a prepared SQLite statement. */
final class SqlitePreparedUpdate {
  private SqlitePreparedUpdate() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(
      @Advice.This Object statement,
      @Advice.FieldValue("conn") Object connection,
      @Advice.FieldValue("sql") String sql) {
    return Jdbc.begin(statement, connection, sql, true);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Object begun, @Advice.Thrown Throwable thrown) {
    Jdbc.end(begun, null, false, false, true, thrown);
  }
}
