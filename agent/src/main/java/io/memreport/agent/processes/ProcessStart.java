// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.processes;

import io.memreport.recorder.process.Starts;
import net.bytebuddy.asm.Advice;

/**
 * Around {@code ProcessBuilder.start}. Its parameters are plain objects: a class that names the
 * builder would have it loaded while it is about to be woven.
 */
final class ProcessStart {
  private ProcessStart() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Object enter() {
    return Starts.before();
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(
      @Advice.Enter Object started, @Advice.This Object builder, @Advice.Return Object process) {
    Starts.after(started, builder, process);
  }
}
