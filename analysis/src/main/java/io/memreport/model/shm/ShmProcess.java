// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shm;

/**
 * A process, as far as it matters to shared memory.
 *
 * @param parentPid or null
 * @param uid its effective user, or null
 * @param name as the kernel shows it, cut to 15 characters; null if that can't be read
 * @param zombie it ended, all its threads did, and its parent has not asked how
 * @param startTicks its start in ticks of the kernel since boot: field 22 of proc_pid_stat(5)
 * @param startedAt its start in seconds since 1970, or null
 */
public record ShmProcess(
    long pid,
    Long parentPid,
    Long uid,
    String name,
    boolean zombie,
    Long startTicks,
    Long startedAt) {}
