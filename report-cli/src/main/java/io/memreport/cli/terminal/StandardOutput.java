// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Keeps why output could not be written: writers of text lose it. */
public final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private IOException failure;

  public StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /** Why something is missing, or null. Who reads a pipe may stop when it has seen enough. */
  public String failure() {
    String message = failure == null ? null : String.valueOf(failure.getMessage());
    return message == null || message.toLowerCase(Locale.ROOT).contains("pipe") ? null : message;
  }
}
