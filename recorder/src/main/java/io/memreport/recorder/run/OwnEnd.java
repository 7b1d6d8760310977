// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import io.memreport.recorder.redact.CommandLine;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this JVM ends itself on an OutOfMemoryError, by its arguments: one that does so within
 * its first second leaves nothing else that tells.
 */
final class OwnEnd {
  private static final String ON = "-XX:+";
  private static final String OFF = "-XX:-";

  private OwnEnd() {}

  /** {@code exit}, {@code crash} or null. */
  static String ofThisJvm() {
    List<String> arguments = new ArrayList<>();
    for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      String options = System.getenv(variable);
      arguments.addAll(options == null ? List.of() : List.of(options.split("\\s+")));
    }
    // Not every system shows them.
    List<String> own = CommandLine.ofProcess(ProcessHandle.current().pid());
    arguments.addAll(own == null ? List.of() : own);
    return of(arguments);
  }

  /** As the JVM does it: the last one of each option counts, and to crash comes first. */
  static String of(List<String> arguments) {
    return isOn(arguments, "CrashOnOutOfMemoryError")
        ? "crash"
        : isOn(arguments, "ExitOnOutOfMemoryError") ? "exit" : null;
  }

  private static boolean isOn(List<String> arguments, String option) {
    return arguments.lastIndexOf(ON + option) > arguments.lastIndexOf(OFF + option);
  }
}
