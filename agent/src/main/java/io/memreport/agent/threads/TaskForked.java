// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** When a thread of a fork-join pool puts a task into its own queue, up to JDK 18. */
final class TaskForked {
  private TaskForked() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object task) {
    Tasks.queued(task, true);
  }
}
