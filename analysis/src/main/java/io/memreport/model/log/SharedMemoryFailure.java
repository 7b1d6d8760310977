// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/**
 * Shared memory, or a semaphore, that a program did not get. What the text does not say is null.
 *
 * @param program that asked for it
 * @param call of the system that failed, as in {@code shmget}
 * @param errno the name of the error, as in {@code ENOSPC}
 * @param key of the System V segment
 * @param id of the System V segment
 * @param sizeBytes how much was asked for
 * @param segmentName of the POSIX segment, or the path in /dev/shm
 * @param resource what ran out; null if only its effects are in the text
 * @param os whose limits these are
 * @param statement the SQL that failed for it
 * @param backendPid the process that says so
 * @param earlySignature whether initdb had fallen back to its smallest settings before
 */
public record SharedMemoryFailure(
    String program,
    String call,
    String errno,
    Long key,
    Long id,
    Long sizeBytes,
    String segmentName,
    SharedMemoryResource resource,
    OperatingSystem os,
    String statement,
    Long backendPid,
    boolean earlySignature) {}
