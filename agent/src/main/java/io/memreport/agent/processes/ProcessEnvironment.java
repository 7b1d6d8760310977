// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.processes;

import io.memreport.recorder.process.Starts;
import java.util.Map;
import net.bytebuddy.asm.Advice;

/** Before the JDK makes a child's environment of a map. */
final class ProcessEnvironment {
  private ProcessEnvironment() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(@Advice.Argument(value = 1, readOnly = false) Map<String, String> environment) {
    environment = Starts.marked(environment);
  }
}
