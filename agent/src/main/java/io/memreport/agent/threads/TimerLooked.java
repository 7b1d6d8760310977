// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** When a timer looks what is next: the task before is done. */
final class TimerLooked {
  private TimerLooked() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter() {
    Tasks.looked();
  }
}
