// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.scope.Tests;
import net.bytebuddy.asm.Advice;

/** Around {@code NodeTestTask.execute}. */
final class NodeExecution {
  private NodeExecution() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(@Advice.FieldValue("testDescriptor") Object descriptor) {
    return Tests.enter(descriptor);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Object entered, @Advice.Thrown Throwable thrown) {
    Tests.exit(entered, thrown);
  }
}
