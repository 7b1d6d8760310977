// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** When a task is put into a queue of a fork-join pool, since JDK 19. */
final class TaskPushed {
  private TaskPushed() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object task, @Advice.Argument(2) boolean byWorker) {
    Tasks.queued(task, byWorker);
  }
}
