// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.process;

import java.util.List;

/** Where processes are read from on a system that does not show them as files. */
public interface ProcessTable {
  /** All processes below this one, parents before their children. */
  List<Entry> below(long pid);

  /**
   * A process that is alive.
   *
   * @param startedMillis since the epoch: with the number it tells processes apart
   * @param command its arguments, secrets and all; empty if they are not shown
   * @param residentBytes null if unknown
   * @param privateBytes what no other process shares, null if unknown
   */
  record Entry(
      long pid,
      long parent,
      long startedMillis,
      List<String> command,
      Long residentBytes,
      Long privateBytes) {}
}
