// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.JUnit4Tests;
import net.bytebuddy.asm.Advice;

/** When listeners are told that a test is not run. */
final class JUnit4Ignored {
  private JUnit4Ignored() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(0) Object description) {
    JUnit4Tests.ignored(description);
  }
}
