// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.pools;

import io.memreport.recorder.pool.Pools;
import net.bytebuddy.asm.Advice;

/** After a pool handed out a connection. */
final class PoolBorrow {
  private PoolBorrow() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(@Advice.This Object pool, @Advice.Return Object connection) {
    Pools.borrowed(pool, connection);
  }
}
