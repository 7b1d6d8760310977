// SPDX-License-Identifier: Apache-2.0
package io.memreport.report;

/**
 * What the place shows that text is printed to.
 *
 * @param colours whether it shows them
 * @param width columns, at which text is wrapped; 0 for no wrapping, as of a file
 * @param ascii whether it shows ASCII only
 */
public record TerminalStyle(boolean colours, int width, boolean ascii) {
  /** Of a file or a pipe. */
  public static final TerminalStyle PLAIN = new TerminalStyle(false, 0, false);

  /** In fewer columns a path or a name is a column of its letters. */
  private static final int NARROWEST = 60;

  /** Of what is narrower, lines are left to the terminal to break. */
  public TerminalStyle {
    width = width == 0 ? 0 : Math.max(NARROWEST, width);
  }
}
