// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.heap;

import io.memreport.recorder.event.MemreportEvent;

/**
 * For whom the thread works that asks. {@code whose.c} does so, in the midst of an allocation or
 * before the thread runs: an answer may wait for nothing.
 */
public interface WorkOwner {
  /** A test that is over: nobody knows for whom the thread works now. */
  long OVER = Long.MIN_VALUE;

  /**
   * What made this thread.
   *
   * @return the test's id, {@link #OVER}, or {@link MemreportEvent#OUTSIDE_TESTS} if it is not
   *     known
   */
  long bornIn();

  /** What this thread does now, with the same answers. */
  long now();
}
