// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.JUnit4Tests;
import net.bytebuddy.asm.Advice;

/** Before listeners are told that a test is over. */
final class JUnit4Finished {
  private JUnit4Finished() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object description) {
    JUnit4Tests.finished(description);
  }
}
