// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.TestNgTests;
import net.bytebuddy.asm.Advice;

/** Around TestNG's own method that invokes a fixture. */
final class TestNgFixture {
  private TestNgFixture() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(@Advice.AllArguments Object[] arguments) {
    return TestNgTests.enterFixture(arguments);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
    TestNgTests.exitFixture(entered, thrown);
  }
}
