// SPDX-License-Identifier: Apache-2.0
package io.memreport.agent.buffers;

import io.memreport.recorder.memory.RefusedBuffers;
import net.bytebuddy.asm.Advice;

/** Where direct memory is reserved: it costs nothing where that goes well. */
final class BufferRefused {
  private BufferRefused() {}

  @Advice.OnMethodExit(onThrowable = OutOfMemoryError.class, suppress = Throwable.class)
  static void exit(@Advice.Thrown Throwable thrown) {
    if (thrown != null) {
      RefusedBuffers.refused(thrown);
    }
  }
}
