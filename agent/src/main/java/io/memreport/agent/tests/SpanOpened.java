// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.tests;

import io.memreport.recorder.unit.Spans;
import net.bytebuddy.asm.Advice;

/** When a program's own unit of work begins. */
final class SpanOpened {
  private SpanOpened() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(
      @Advice.Argument(0) String name,
      @Advice.FieldValue(value = "scope", readOnly = false) Object scope) {
    scope = scope == null ? Spans.open(name) : scope;
  }
}
