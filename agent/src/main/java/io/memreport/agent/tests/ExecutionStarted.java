// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.scope.Tests;
import net.bytebuddy.asm.Advice;

/** After listeners were told that a test starts: it runs only then. */
final class ExecutionStarted {
  private ExecutionStarted() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(@Advice.Argument(0) Object descriptor) {
    Tests.started(descriptor);
  }
}
