// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.pools;

import io.memreport.recorder.pool.Pools;
import net.bytebuddy.asm.Advice;

/**
 * Before what a pool handed out is closed: once that is done, the next thread may have the
 * connection.
 */
final class PoolReturn {
  private PoolReturn() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.This Object connection) {
    Pools.returned(connection);
  }
}
