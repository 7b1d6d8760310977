// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.scope.Tests;
import net.bytebuddy.asm.Advice;

/** Before listeners are told that a test is over. */
final class ExecutionFinished {
  private ExecutionFinished() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object descriptor, @Advice.Argument(1) Object result) {
    Tests.finished(descriptor, result);
  }
}
