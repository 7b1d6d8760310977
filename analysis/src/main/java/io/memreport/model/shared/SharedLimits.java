// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.shared;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * Limits of System V and POSIX shared memory, see shmget(2) and shm_overview(7), and what was used
 * of them. A limit that nothing can reach is {@link Long#MAX_VALUE}; null is unknown.
 *
 * @param shmmni the most System V segments
 * @param shmmax the largest of them in bytes
 * @param shmall the most pages of all of them
 * @param devShmBytes size of {@code /dev/shm}
 * @param idsUsed segments at the end
 * @param idsPeak the most segments that a sample has seen
 * @param pagesUsed pages of all segments at the end
 * @param devShmUsedBytes used of {@code /dev/shm} at the end
 * @param devShmPeakBytes the most that a sample has seen
 * @param unseenSegments segments that were created and removed between two samples: at least
 * @param ipcNamespace whose limits these are
 */
public record SharedLimits(
    @Nullable Long shmmni,
    @Nullable Long shmmax,
    @Nullable Long shmall,
    @Nullable Long devShmBytes,
    @Nullable Long idsUsed,
    @Nullable Long idsPeak,
    @Nullable Long pagesUsed,
    @Nullable Long devShmUsedBytes,
    @Nullable Long devShmPeakBytes,
    @Nullable Long unseenSegments,
    @Nullable String ipcNamespace) {
  /** Nothing is known. */
  public static final SharedLimits UNKNOWN =
      new SharedLimits(null, null, null, null, null, null, null, null, null, null, null);

  /** Which part of the ids was in use at once, 0 if that is not known. */
  @JsonIgnore
  public double idsPart() {
    return part(idsPeak, shmmni);
  }

  /** Which part of {@code /dev/shm} was in use at once, 0 if that is not known. */
  @JsonIgnore
  public double devShmPart() {
    return part(devShmPeakBytes, devShmBytes);
  }

  private static double part(@Nullable Long used, @Nullable Long of) {
    return used == null || of == null || of <= 0 ? 0 : (double) used / of;
  }
}
