// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.Spans;
import net.bytebuddy.asm.Advice;

/** Around a method that is a span by configuration. */
final class SpanMethod {
  private SpanMethod() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(@Advice.Origin("#t.#m") String name) {
    return Spans.open(name);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Object opened, @Advice.Thrown Throwable thrown) {
    Spans.close(opened, thrown);
  }
}
