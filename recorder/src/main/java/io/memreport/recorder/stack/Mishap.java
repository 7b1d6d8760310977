// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.stack;

/**
 * Whether a hook of ours was cut off, as by a stack that overflowed: then what it was about to undo
 * may not be undone. Woven code counts up the field where it swallows what a hook throws: it can't
 * call anything there. A thread that sees the number change looks at its stack, and drops what it
 * believes of calls that are not on it.
 */
public final class Mishap {
  /** Counted up without care: that it changes is all that matters. */
  @SuppressWarnings("NonFinalStaticField")
  public static int count;

  private Mishap() {}
}
