// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.processes;

import io.memreport.recorder.process.Starts;
import java.io.FilterInputStream;
import java.io.InputStream;
import net.bytebuddy.asm.Advice;

/** When the pipe is there that a child's output comes through. */
final class ProcessPipe {
  private ProcessPipe() {}

  @Advice.OnMethodExit(suppress = Throwable.class)
  static void exit(
      @Advice.FieldValue(value = "in", declaringType = FilterInputStream.class, readOnly = false)
          InputStream in) {
    in = Starts.pipe(in);
  }
}
