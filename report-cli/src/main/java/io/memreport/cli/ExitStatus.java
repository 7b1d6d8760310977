// SPDX-License-Identifier: Apache-2.0
package io.memreport.cli;

/** How the command ends; scripts rely on these. */
final class ExitStatus {
  static final int DONE = 0;

  /** Done, and a check that was asked for failed. */
  static final int CHECK_FAILED = 1;

  static final int BAD_USAGE = 2;
  static final int UNREADABLE_INPUT = 3;
  static final int OUR_ERROR = 4;

  private ExitStatus() {}
}
