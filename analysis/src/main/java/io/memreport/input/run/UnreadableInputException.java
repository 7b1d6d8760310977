// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.run;

import java.io.IOException;
import java.nio.file.Path;

/** An input that can't be read; the message is one line: what, where, what to do. */
public final class UnreadableInputException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says what can't be read and why. */
  public UnreadableInputException(Path input, String why) {
    super(input + ": " + why);
  }
}
