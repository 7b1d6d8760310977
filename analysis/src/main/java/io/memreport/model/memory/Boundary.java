// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.time.Instant;

/**
 * How things stood when a test began or ended; null for what is not known.
 *
 * @param directBytes direct buffers, garbage among them
 * @param metaspaceBytes committed, of classes that may be garbage, too
 * @param threads Java threads that lived
 * @param tmpfsBytes files on file systems in memory, but for {@code /dev/shm}, whoever wrote them
 * @param residentBytes of the process
 * @param sharedBytes of them shared memory, mapped files on tmpfs, and the heap of ZGC
 * @param openFiles file descriptors: files, jars, sockets and pipes
 * @param writtenBytes what the process had written, wherever to
 */
public record Boundary(
    String runId,
    String testId,
    Instant at,
    Long directBytes,
    Long metaspaceBytes,
    Long threads,
    Long tmpfsBytes,
    Long residentBytes,
    Long sharedBytes,
    Long openFiles,
    Long writtenBytes) {}
