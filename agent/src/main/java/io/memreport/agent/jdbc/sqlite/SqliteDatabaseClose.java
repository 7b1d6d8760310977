// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.jdbc.sqlite;

import io.memreport.recorder.scope.JdbcConnections;
import net.bytebuddy.asm.Advice;

/** Before {@code DB.close}, on every way to it. */
final class SqliteDatabaseClose {
  private SqliteDatabaseClose() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.This Object database) {
    JdbcConnections.databaseCloses(database);
  }
}
