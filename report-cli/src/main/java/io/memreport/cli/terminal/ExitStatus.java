// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli.terminal;

/** How the command ends; scripts rely on these. */
public final class ExitStatus {
  public static final int DONE = 0;

  /** Done, and a check that was asked for failed. */
  public static final int CHECK_FAILED = 1;

  public static final int BAD_USAGE = 2;
  public static final int UNREADABLE_INPUT = 3;
  public static final int OUR_ERROR = 4;

  private ExitStatus() {}
}
