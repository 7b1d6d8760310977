// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.memory;

import java.time.Instant;
import java.util.List;

/**
 * What the memory of a run's cgroup was used for at one instant, in bytes.
 *
 * @param fileBytes page cache without shared memory
 * @param shmemBytes tmpfs and shared memory of whatever process, or of none any more
 * @param oomKills processes of it that the kernel has killed for memory
 * @param limitReached how often the limit was reached
 * @param throttled how often memory.high slowed it down
 * @param ownBytes anonymous memory of this JVM
 * @param childBytes the same of the processes that it started
 * @param siblingBytes the same of the others
 * @param processes the largest of the others; filled in for the last sample of a run only
 */
public record CgroupSample(
    String runId,
    Instant at,
    Long usageBytes,
    Long limitBytes,
    Long anonBytes,
    Long fileBytes,
    Long shmemBytes,
    Long kernelBytes,
    Long swapBytes,
    Long peakBytes,
    Long oomKills,
    Long limitReached,
    Long throttled,
    Long ownBytes,
    Long childBytes,
    Long siblingBytes,
    List<NeighbourProcess> processes) {}
