// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The limits of shared memory, and what is used of them; null is unknown.
 *
 * @param shmmni the most System V segments
 * @param shmall the most pages of all of them, {@code Long.MAX_VALUE} for no limit
 * @param shmmax the largest segment in bytes, likewise
 * @param pageBytes the unit of shmall
 * @param ipcNamespace whose limits these are
 */
public record ShmLimitUse(
    Long shmmni,
    long idsUsed,
    Long shmall,
    Long pagesUsed,
    Long pageBytes,
    Long shmmax,
    Long devShmBytes,
    Long devShmUsedBytes,
    String ipcNamespace) {
  /**
   * What one server takes of {@code /dev/shm}: its control segment of 26,976 bytes and, from
   * PostgreSQL 15 on, 1 MiB for statistics.
   */
  private static final long DEV_SHM_OF_POSTGRES = 1_100_000;

  /** How many more PostgreSQL servers can start, by the ids and by {@code /dev/shm}, or null. */
  @JsonProperty
  public Long morePostgresServers() {
    if (shmmni == null) {
      return null;
    }
    long byIds = Math.max(0, shmmni - idsUsed);
    return devShmBytes == null || devShmUsedBytes == null
        ? byIds
        : Math.min(byIds, Math.max(0, devShmBytes - devShmUsedBytes) / DEV_SHM_OF_POSTGRES);
  }
}
