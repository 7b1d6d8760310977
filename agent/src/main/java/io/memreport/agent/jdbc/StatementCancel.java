// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After {@code Statement.cancel}, as a rule from another thread. */
public final class StatementCancel {
  private StatementCancel() {}

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.This Object statement) {
    Jdbc.cancelled(statement);
  }
}
