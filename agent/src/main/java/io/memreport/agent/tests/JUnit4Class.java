// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.JUnit4Tests;
import net.bytebuddy.asm.Advice;

/** Around {@code ParentRunner.run}. */
final class JUnit4Class {
  private JUnit4Class() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(@Advice.This Object runner) {
    return JUnit4Tests.enterClass(runner);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
    JUnit4Tests.exit(entered, thrown);
  }
}
