// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import io.memreport.recorder.scope.Jdbc;
import io.memreport.recorder.scope.JdbcConnections;
import net.bytebuddy.asm.Advice;

/** After {@code Connection.close}. */
public final class ConnectionClose {
  private ConnectionClose() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Jdbc.resume();
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.This Object connection) {
    JdbcConnections.closed(connection);
  }
}
