// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc;

import io.memreport.recorder.scope.JdbcConnections;
import net.bytebuddy.asm.Advice;

/** After {@code Driver.connect} of any driver. */
final class DriverConnect {
  private DriverConnect() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(@Advice.Argument(0) String url, @Advice.Return Object connection) {
    JdbcConnections.connected(connection, url);
  }
}
