// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.JUnit4Tests;
import net.bytebuddy.asm.Advice;

/** When listeners are told of a failure. */
final class JUnit4Failed {
  private JUnit4Failed() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object failure) {
    JUnit4Tests.failed(failure, "failed");
  }
}
