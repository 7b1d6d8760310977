// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** Commands as a test of another package runs them. */
public final class Commands {
  /**
   * A recording has the events of all threads: held by who writes one, so that it has those of no
   * other test.
   */
  public static final Object RECORDING = new Object();

  private Commands() {}

  /** How a command ended, and what it printed. */
  public record Ended(int status, String out, String err) {}

  /** Runs {@code analyze} into a report, or {@code oom}, on an input. */
  public static Ended run(String command, Path input, Path report) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] arguments =
        command.equals("oom")
            ? new String[] {command, input.toString()}
            : new String[] {command, input.toString(), "-o", report.toString()};
    int status = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    return new Ended(status, out.toString(), err.toString());
  }
}
