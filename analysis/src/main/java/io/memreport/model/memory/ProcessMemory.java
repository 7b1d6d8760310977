// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.time.Instant;

/**
 * A process's memory as the kernel and the C library divide it, at the end of a run and now and
 * then.
 *
 * @param rssAnonBytes resident memory that is no file's: heaps, stacks
 * @param rssFileBytes resident pages of files, counted once per mapping
 * @param rssShmemBytes resident pages of shared memory
 * @param pssBytes resident pages, each divided by how often it is mapped; null before Linux 4.14
 * @param pssFileBytes likewise, of files
 * @param pssShmemBytes likewise, of shared memory
 * @param arenaBytes what glibc's malloc took from the system for its arenas
 * @param arenaFreeBytes of that, what the process has freed
 * @param arenaResidentBytes resident pages of the arenas
 * @param mallocMappedBytes what malloc took as mappings of their own
 * @param cLibrary {@code glibc} or {@code musl}, null if unknown
 */
public record ProcessMemory(
    String runId,
    Instant at,
    Long rssAnonBytes,
    Long rssFileBytes,
    Long rssShmemBytes,
    Long pssBytes,
    Long pssAnonBytes,
    Long pssFileBytes,
    Long pssShmemBytes,
    Long arenaBytes,
    Long arenaFreeBytes,
    Long arenaResidentBytes,
    Long mallocMappedBytes,
    String cLibrary) {
  /**
   * What the process has freed and malloc has not given back: resident pages of its arenas beyond
   * what is in use there. Null if that is not known.
   */
  public Long keptByMallocBytes() {
    return arenaBytes == null || arenaFreeBytes == null || arenaResidentBytes == null
        ? null
        : Long.valueOf(Math.max(0, arenaResidentBytes - (arenaBytes - arenaFreeBytes)));
  }
}
