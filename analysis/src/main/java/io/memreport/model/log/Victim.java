// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/**
 * A process that was killed. Sizes are bytes; what the text does not say is null.
 *
 * @param pid in the kernel's own namespace where the kernel names it
 * @param collateral whether it died because another process was chosen
 * @param rssBytes resident memory: the sum of its kinds, as far as they are known
 */
public record Victim(
    Long pid,
    String name,
    boolean collateral,
    Long uid,
    Long rssBytes,
    Long anonBytes,
    Long fileBytes,
    Long shmemBytes,
    Long swapBytes,
    Long pageTableBytes,
    Long totalVmBytes,
    Long oomScoreAdj) {

  /** A victim of which nothing but its name and number is known. */
  public static Victim named(Long pid, String name) {
    return of(pid, name, null);
  }

  /** A victim of which its resident memory is known too. */
  public static Victim of(Long pid, String name, Long rssBytes) {
    return new Victim(pid, name, false, null, rssBytes, null, null, null, null, null, null, null);
  }

  /** The same, as one that died because another process was chosen. */
  public Victim asCollateral() {
    return new Victim(
        pid,
        name,
        true,
        uid,
        rssBytes,
        anonBytes,
        fileBytes,
        shmemBytes,
        swapBytes,
        pageTableBytes,
        totalVmBytes,
        oomScoreAdj);
  }

  /** What it held in memory and swap, or null. */
  public Long heldBytes() {
    return rssBytes == null || swapBytes == null ? rssBytes : Long.valueOf(rssBytes + swapBytes);
  }
}
