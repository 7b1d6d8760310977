// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After {@code ResultSet.next} of any driver. */
final class DriverNext {
  private DriverNext() {}

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(
      @Advice.This Object resultSet, @Advice.Return boolean row, @Advice.Thrown Throwable thrown) {
    Jdbc.next(resultSet, row, thrown);
  }
}
