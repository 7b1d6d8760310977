// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

/** What the terminal can show, if there is one. */
final class Terminal {
  private Terminal() {}

  /** Whether someone watches. The JVM tells only whether both input and output are a terminal. */
  static boolean isWatched() {
    return System.console() != null && System.getenv("CI") == null;
  }

  /** See https://no-color.org. */
  static boolean showsColours() {
    return isWatched()
        && System.getenv("NO_COLOR") == null
        && !"dumb".equals(System.getenv("TERM"));
  }
}
