// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/** A process in the kernel's table, in bytes; what its columns don't say is null. */
public record TaskRow(
    Long pid,
    Long uid,
    String name,
    Long totalVmBytes,
    Long rssBytes,
    Long anonBytes,
    Long fileBytes,
    Long shmemBytes,
    Long swapBytes,
    Long pageTableBytes,
    Long oomScoreAdj) {

  /** What it held in memory and swap. */
  public long heldBytes() {
    return (rssBytes == null ? 0 : rssBytes) + (swapBytes == null ? 0 : swapBytes);
  }
}
