// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** When a thread of a fork-join pool, done with all it had, begins anew. */
final class NextFork {
  private NextFork() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Tasks.idle();
  }
}
