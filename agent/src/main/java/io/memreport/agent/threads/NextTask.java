// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** When a thread of a pool is done with a task, and gets the next one. */
final class NextTask {
  private NextTask() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Tasks.idle();
  }

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(@Advice.Return Object task) {
    Tasks.next(task);
  }
}
