// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** When a timer takes the first task of its queue, to run it next. */
final class TimerFired {
  private TimerFired() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.FieldValue("queue") Object[] queue) {
    Tasks.fired(queue);
  }
}
