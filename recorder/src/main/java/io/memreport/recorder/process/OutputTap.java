// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Looks at what the application reads of a child's output, for lines about shared memory. It lies
 * below the JDK's buffer: what the application reads byte by byte passes here in large pieces.
 */
final class OutputTap extends FilterInputStream {
  private final OutputLines lines;
  private final OutputBudget budget = new OutputBudget(System.nanoTime());
  private boolean done;

  OutputTap(InputStream in, long testId) {
    super(in);
    lines = new OutputLines(testId);
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      look(new byte[] {(byte) read}, 0, 1);
    }
    return read;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    int count = super.read(buffer, from, length);
    if (count > 0) {
      look(buffer, from, count);
    }
    return count;
  }

  private void look(byte[] buffer, int from, int count) {
    if (done) {
      return;
    }
    try {
      if (budget.take(count, System.nanoTime())) {
        lines.add(buffer, from, count);
        done = lines.isFull();
      } else {
        lines.passOver();
      }
    } catch (Throwable e) {
      // The JDK reads the rest of a pipe on a thread with a small stack: no error may reach it.
      done = true;
    }
  }
}
