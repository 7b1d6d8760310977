// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.JUnit4Tests;
import net.bytebuddy.asm.Advice;

/** Around {@code ParentRunner.runLeaf}, which runs one test with its rules. */
final class JUnit4Leaf {
  private JUnit4Leaf() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(@Advice.Argument(1) Object description) {
    return JUnit4Tests.enter(description);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
    JUnit4Tests.exit(entered, thrown);
  }
}
