// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

/** What of this process is in memory: {@code VmRSS} of proc_pid_status(5). */
public final class ResidentMemory {
  private ResidentMemory() {}

  /** In bytes; unknown on systems without {@code /proc}. */
  public static long now() {
    ProcFile status = new ProcFile(ProcFile.ROOT + "/self/status");
    // Unknown of a file that was not read, as of any name that is not in it.
    status.read();
    return status.kilobytes("VmRSS:");
  }
}
