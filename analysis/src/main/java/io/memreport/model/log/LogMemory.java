// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

/**
 * What memory was used for, in bytes; what the text does not say is null.
 *
 * @param totalBytes all memory of the machine; null for a cgroup
 * @param shmemBytes tmpfs, shared anonymous maps and System V segments: a part of file in cgroup
 *     v2, and freed by no kill while a file or segment holds it
 */
public record LogMemory(
    Long totalBytes,
    Long freeBytes,
    Long anonBytes,
    Long fileBytes,
    Long shmemBytes,
    Long kernelBytes,
    Long swapUsedBytes,
    Long swapTotalBytes) {}
