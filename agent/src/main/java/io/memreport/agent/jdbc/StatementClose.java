// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After {@code Statement.close}. */
public final class StatementClose {
  private StatementClose() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Jdbc.resume();
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.This Object statement) {
    Jdbc.closed(statement);
  }
}
