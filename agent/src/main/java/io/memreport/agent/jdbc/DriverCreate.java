// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After a connection of any driver created a statement. */
final class DriverCreate {
  private DriverCreate() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(@Advice.This Object connection, @Advice.Return Object statement) {
    Jdbc.created(statement, connection);
  }
}
