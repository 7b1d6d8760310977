// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.scope.Tests;
import net.bytebuddy.asm.Advice;

/** When listeners are told that a test was skipped. */
final class ExecutionSkipped {
  private ExecutionSkipped() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object descriptor) {
    Tests.skipped(descriptor);
  }
}
