// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

/**
 * Resident memory by owner at the last sample of a run; what is null is unknown and part of other.
 */
public record MemoryAtEnd(
    Long rssBytes,
    Long javaHeapBytes,
    Long metaspaceBytes,
    Long codeCacheBytes,
    Long threadStackBytes,
    Long gcBytes,
    Long directBufferBytes,
    Long sqliteBytes,
    Long sharedBytes,
    Long mappedFileBytes,
    Long otherBytes) {}
