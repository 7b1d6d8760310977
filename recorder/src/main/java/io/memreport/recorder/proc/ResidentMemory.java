// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

/**
 * What of this process is in memory, by proc_pid_status(5); unknown on systems without it.
 *
 * @param bytes all of it: {@code VmRSS}
 * @param sharedBytes System V and POSIX shared memory and other files in memory: {@code RssShmem}
 */
public record ResidentMemory(long bytes, long sharedBytes) {
  /** How it stands now. */
  public static ResidentMemory now() {
    ProcFile status = new ProcFile(ProcFile.ROOT + "/self/status");
    // Unknown of a file that was not read, as of any name that is not in it.
    status.read();
    return new ResidentMemory(status.kilobytes("VmRSS:"), status.kilobytes("RssShmem:"));
  }
}
