// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** Opens a file in the user's browser, without the AWT that a server's JVM may lack. */
public final class Browser {
  private Browser() {}

  public static void open(Path file, PrintWriter err) {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String[] command =
        os.contains("mac")
            ? new String[] {"open"}
            : os.contains("win") ? new String[] {"explorer"} : new String[] {"xdg-open"};
    try {
      new ProcessBuilder(command[0], file.toAbsolutePath().toUri().toString()).start();
    } catch (IOException e) {
      Problem.say(err, "no browser could be started (" + command[0] + "), open " + file);
    }
  }
}
