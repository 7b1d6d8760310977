// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/**
 * When a task is put into a queue from outside its pool, or is to follow a stage: the first
 * argument.
 */
final class TaskQueued {
  private TaskQueued() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object task) {
    Tasks.queued(task, false);
  }
}
