// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import io.memreport.report.TerminalText;
import java.io.PrintWriter;

/** What went wrong, in a line on standard error. */
public final class Problem {
  private Problem() {}

  /** Paths and messages come from outside: what is in them that acts on a terminal is escaped. */
  public static void say(PrintWriter err, String words) {
    err.println("memreport: " + TerminalText.visible(words));
    err.flush();
  }
}
