// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/**
 * Around {@code executeBatch} of a plain SQLite statement, which counts as one run of its first
 * text.
 */
final class SqliteBatch {
  private SqliteBatch() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(
      @Advice.This Object statement,
      @Advice.FieldValue("conn") Object connection,
      @Advice.FieldValue("batch") Object[] batch) {
    return Jdbc.begin(statement, connection, batch == null ? null : (String) batch[0], false);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Object begun, @Advice.Thrown Throwable thrown) {
    Jdbc.end(begun, null, false, false, false, thrown);
  }
}
