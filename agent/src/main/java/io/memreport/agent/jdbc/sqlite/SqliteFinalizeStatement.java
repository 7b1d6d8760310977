// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** Before {@code DB.finalize} of sqlite-jdbc up to 3.39. */
final class SqliteFinalizeStatement {
  private SqliteFinalizeStatement() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.This Object database, @Advice.Argument(0) Object statement) {
    Jdbc.finalizing(database, statement);
  }
}
