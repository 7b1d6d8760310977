// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.orphan;

import java.util.regex.Pattern;

/** A command that can be pasted into a shell. */
final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@%+,-]+");

  private ShellWords() {}

  /** The words quoted where it matters, or null if a terminal could not show them as they are. */
  static String join(String... words) {
    StringBuilder line = new StringBuilder();
    for (String word : words) {
      if (!word.codePoints().allMatch(ShellWords::isShown)) {
        return null;
      }
      line.append(line.length() == 0 ? "" : " ")
          .append(PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'");
    }
    return line.toString();
  }

  private static boolean isShown(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
  }
}
