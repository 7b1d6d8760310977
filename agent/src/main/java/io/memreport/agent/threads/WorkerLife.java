// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** While a thread serves a pool; it may be made for a first task. */
final class WorkerLife {
  private WorkerLife() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.FieldValue("firstTask") Object task) {
    Tasks.hired(task);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit() {
    Tasks.idle();
  }
}
