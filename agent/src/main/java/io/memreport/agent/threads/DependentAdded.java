// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.threads;

import io.memreport.recorder.scope.Tasks;
import net.bytebuddy.asm.Advice;

/** When a stage is to follow two others: the second argument. */
final class DependentAdded {
  private DependentAdded() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(1) Object stage) {
    Tasks.queued(stage, false);
  }
}
