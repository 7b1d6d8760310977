// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log;

import io.memreport.model.log.KernelLogSpan;
import io.memreport.model.log.LogTime;

/** Which time a log covers that has lines of the kernel. */
final class Coverage {
  /** A log of a few lines is what somebody picked out of one. */
  private static final int FEWEST = 5;

  private LogTime from;
  private LogTime to;
  private int ofKernel;

  void look(String raw, LogTime time) {
    if (time == null || time.uptimeSeconds() == null && time.instant() == null) {
      return;
    }
    from = from == null ? time : from;
    to = time;
    if (time.uptimeSeconds() != null || raw.contains(" kernel: ")) {
      ofKernel++;
    }
  }

  /** The time from its first to its last line; null if it is no log of the kernel's. */
  KernelLogSpan span(String source) {
    return ofKernel < FEWEST ? null : new KernelLogSpan(source, from, to);
  }
}
