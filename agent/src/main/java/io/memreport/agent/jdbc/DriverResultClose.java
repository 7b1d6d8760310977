// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;

/** After {@code ResultSet.close} of any driver. */
final class DriverResultClose {
  private DriverResultClose() {}

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.This Object resultSet) {
    Jdbc.resultClosed(resultSet);
  }
}
