// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

import io.memreport.report.TerminalStyle;
import java.io.Console;
import java.util.stream.Stream;
import picocli.CommandLine.Model.UsageMessageSpec;

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

  /** What is known of where standard output goes. */
  public static TerminalStyle style() {
    return new TerminalStyle(showsColours(), width(), showsAscii());
  }

  private static int width() {
    String columns = System.getenv("COLUMNS");
    if (columns != null && columns.matches("[1-9][0-9]{1,3}")) {
      return Integer.parseInt(columns);
    }
    return isWatched() ? new UsageMessageSpec().autoWidth(true).width() : 0;
  }

  /** Whether the user asked for the C locale by name; none at all is usual in containers. */
  private static boolean showsAscii() {
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .map(System::getenv)
            .filter(value -> value != null && !value.isEmpty())
            .findFirst()
            .orElse("");
    return locale.equals("C") || locale.equals("POSIX");
  }

  /** See https://no-color.org. */
  private static boolean showsColours() {
    return isWatched()
        && System.getenv("NO_COLOR") == null
        && !"dumb".equals(System.getenv("TERM"));
  }
}
