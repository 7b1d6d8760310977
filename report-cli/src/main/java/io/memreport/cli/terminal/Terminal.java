// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import java.io.Console;

/** What the terminal can show, if there is one. */
public final class Terminal {
  private Terminal() {}

  /** Whether someone watches. The JVM tells only whether both input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull")
  public static boolean isWatched() {
    Console console = System.console();
    return console != null && isTerminal(console) && System.getenv("CI") == null;
  }

  /** From JDK 22 on there is a console without a terminal, too. */
  private static boolean isTerminal(Console console) {
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** See https://no-color.org. */
  public static boolean showsColours() {
    return isWatched()
        && System.getenv("NO_COLOR") == null
        && !"dumb".equals(System.getenv("TERM"));
  }
}
