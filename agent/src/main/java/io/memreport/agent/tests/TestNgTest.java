// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.TestNgTests;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Around TestNG's own method that invokes a test with the fixtures of its method. */
final class TestNgTest {
  private TestNgTest() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(@Advice.AllArguments Object[] arguments) {
    return TestNgTests.enter(arguments);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(
      @Advice.Enter Object entered,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) Object result,
      @Advice.Thrown Throwable thrown) {
    TestNgTests.exit(entered, result, thrown);
  }
}
