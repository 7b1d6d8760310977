// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.processes;

import io.memreport.recorder.process.Starts;
import java.util.Map;
import net.bytebuddy.asm.Advice;

/**
 * Around {@code ProcessBuilder.start}. Its parameters are plain objects: a class that names the
 * builder would have it loaded while it is about to be woven.
 */
final class ProcessStart {
  private ProcessStart() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter(
      @Advice.This Object builder,
      @Advice.FieldValue("environment") Map<String, String> environment) {
    return Starts.before(builder, environment);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(
      @Advice.Enter Object started,
      @Advice.This Object builder,
      @Advice.FieldValue(value = "environment", readOnly = false) Map<String, String> environment,
      @Advice.Return Object process) {
    if (Starts.after(started, builder, process)) {
      environment = null;
    }
  }
}
