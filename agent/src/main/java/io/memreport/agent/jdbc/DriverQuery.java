// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import io.memreport.recorder.scope.Jdbc;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Around {@code executeQuery} of any driver. */
final class DriverQuery {
  private DriverQuery() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(
      @Advice.This Object statement,
      @Advice.Argument(value = 0, optional = true, typing = Assigner.Typing.DYNAMIC) Object sql) {
    return Jdbc.begin(statement, null, sql instanceof String text ? text : null, false);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(
      @Advice.Enter Object begun,
      @Advice.Return Object resultSet,
      @Advice.Thrown Throwable thrown) {
    Jdbc.end(begun, null, false, true, false, thrown);
    Jdbc.result(begun, resultSet);
  }
}
