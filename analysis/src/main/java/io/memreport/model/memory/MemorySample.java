// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.time.Instant;

/**
 * Resident memory of a process by owner at one instant of one run, as in {@link MemoryAtEnd}.
 *
 * @param javaHeapUsedBytes objects, and garbage that was not collected yet
 * @param machineAvailableBytes what the machine could still give without swapping
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
    Long otherBytes) {}
