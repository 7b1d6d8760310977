// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** While a task runs that may run inside another one. */
final class TaskRun {
  private TaskRun() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(@Advice.This Object task) {
    return Tasks.begin(task);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Object begun) {
    Tasks.end(begun);
  }
}
