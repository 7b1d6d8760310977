// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.time.Instant;

/**
 * Resident memory of a process by owner at one instant of one run, as in {@link MemoryAtEnd}.
 *
 * @param javaHeapUsedBytes objects, and garbage that was not collected yet
 * @param machineAvailableBytes what the machine could still give without swapping
 * @param mappedElsewhereBytes by how much the proportional set size is less than rssBytes, since
 *     other processes map some of its pages, too; as last known, or null
 */
public record MemorySample(
    String runId,
    Instant at,
    Long rssBytes,
    Long javaHeapBytes,
    Long metaspaceBytes,
    Long codeCacheBytes,
    Long directBufferBytes,
    Long sqliteBytes,
    Long sharedBytes,
    Long cgroupBytes,
    Long limitBytes,
    Long javaHeapUsedBytes,
    Long threadStackBytes,
    Long gcBytes,
    Long mappedFileBytes,
    Long libraryBytes,
    Long mallocBytes,
    Long machineAvailableBytes,
    Long otherBytes,
    Long mappedElsewhereBytes) {

  /**
   * Resident bytes, where a page that several processes map counts in parts, so that sums over
   * processes count it once. Without that knowledge all of them; null if those are not known.
   */
  public Long shareOfBytes() {
    return rssBytes == null || mappedElsewhereBytes == null
        ? rssBytes
        : Long.valueOf(Math.max(0, rssBytes - mappedElsewhereBytes));
  }
}
