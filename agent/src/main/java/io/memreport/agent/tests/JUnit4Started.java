// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.JUnit4Tests;
import net.bytebuddy.asm.Advice;

/** After listeners were told that a test starts: it runs only then. */
final class JUnit4Started {
  private JUnit4Started() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(@Advice.Argument(0) Object description) {
    JUnit4Tests.started(description);
  }
}
