// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** Before {@code DB.finalize} of sqlite-jdbc from 3.39.2 on. */
final class SqliteFinalizePointer {
  private SqliteFinalizePointer() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.This Object database, @Advice.Argument(1) long pointer) {
    Jdbc.finalizing(database, pointer);
  }
}
