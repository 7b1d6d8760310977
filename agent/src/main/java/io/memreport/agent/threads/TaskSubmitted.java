// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** When a pool or timer is given a task: the first argument. */
final class TaskSubmitted {
  private TaskSubmitted() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object task) {
    Tasks.submitted(task);
  }
}
