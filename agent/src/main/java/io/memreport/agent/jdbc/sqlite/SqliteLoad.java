// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.JdbcConnections;
import net.bytebuddy.asm.Advice;

/** After the driver loaded its native library. */
final class SqliteLoad {
  private SqliteLoad() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit() {
    JdbcConnections.libraryLoaded();
  }
}
