// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.run;

import java.util.regex.Pattern;

/** The command of a process, fit to be recorded. */
public final class CommandLine {
  private static final int MAX_LENGTH = 1024;

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)((?:--?|\\b)[\\w.-]*(?:passw|pwd|secret|token|key|credential|auth)[\\w.-]*)"
              + "(=|:\\s*|\\s+)((?:(?:bearer|basic)\\s+)?\\S+)");

  private static final Pattern USER_INFO = Pattern.compile("//[^/\\s@]+@");

  private CommandLine() {}

  /** Cuts out the values of arguments that are named like secrets, and passwords in URLs. */
  public static String withoutSecrets(String command) {
    if (command == null) {
      return null;
    }
    String bounded =
        command.length() <= MAX_LENGTH ? command : command.substring(0, MAX_LENGTH) + "…";
    return USER_INFO.matcher(SECRET.matcher(bounded).replaceAll("$1$2?")).replaceAll("//");
  }
}
