// SPDX-License-Identifier: Apache-2.0
package io.memreport.model;

/** Limits of System V and POSIX shared memory, see shmget(2) and shm_overview(7). */
public record SharedLimits(Long shmmni, Long shmmax, Long shmall, Long devShmBytes) {}
