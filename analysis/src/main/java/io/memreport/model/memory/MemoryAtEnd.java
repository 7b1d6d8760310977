// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

/**
 * Resident memory by owner at the last sample of a run; what is null is unknown and part of other.
 *
 * @param libraryBytes native heap of JNI libraries other than SQLite, if they are counted
 * @param mallocBytes what the arenas of malloc hold beside what is counted: the JVM's own C++ code,
 *     libraries that are not counted, and free blocks, unless {@code freedBytes} has those
 * @param freedBytes what the process has freed and malloc has not given back to the system
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
    Long otherBytes,
    Long libraryBytes,
    Long mallocBytes,
    Long freedBytes) {}
