// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After {@code ResultSet.close}, which resets the statement. */
final class SqliteResultClose {
  private SqliteResultClose() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Jdbc.resume();
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.FieldValue("stmt") Object statement) {
    Jdbc.resultClosed(statement);
  }
}
