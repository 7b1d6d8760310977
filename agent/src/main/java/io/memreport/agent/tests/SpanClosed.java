// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.Spans;
import net.bytebuddy.asm.Advice;

/** When a program's own unit of work ends. */
final class SpanClosed {
  private SpanClosed() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.FieldValue("scope") Object scope) {
    Spans.close(scope);
  }
}
