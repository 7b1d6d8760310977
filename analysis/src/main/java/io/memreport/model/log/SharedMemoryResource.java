// SPDX-License-Identifier: Apache-2.0
package io.memreport.model.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What ran out when shared memory was refused, or what stood in its way. What an error number means
 * is from ipc/shm.c and ipc/sem.c of Linux and from sysv_shm.c of XNU.
 */
public enum SharedMemoryResource {
  /** The count of System V segments. */
  SHMMNI,
  /** Their count or, on Linux, their pages: ENOSPC stands for both there. */
  SHMMNI_OR_SHMALL,
  /** The pages of all segments together. */
  SHMALL,
  /** The pages of all segments on macOS, memory of the kernel on Linux. */
  SHMALL_OR_KERNEL_MEMORY,
  /** The size of one segment, too large or too small, or larger than the one that is there. */
  SHMMAX,
  /** How many segments one process may be attached to: macOS. */
  SHMSEG,
  /** Limits of System V segments that are too small; the text does not say which. */
  SHM_LIMITS,
  /** A pool of the program's own, within memory that it has. */
  SHARED_POOL,
  /** The file system of POSIX shared memory on Linux. */
  DEV_SHM,
  /** Memory that the kernel promises or has. */
  KERNEL_MEMORY,
  /** Semaphores, which have limits of their own. */
  SEMAPHORES,
  /** Open files of the process or of the system. */
  FILE_DESCRIPTORS,
  /** Nothing: a sandbox forbids it. */
  SANDBOX,
  /** Nothing: the user may not open it. */
  PERMISSION,
  /** Nothing: this system has no such call. */
  UNSUPPORTED,
  /** Nothing: another program's segment has that key. */
  KEY_IN_USE,
  /** Nothing: processes of a server still use that data directory. */
  DATA_DIRECTORY_IN_USE,
  /** Nothing: somebody removed it while it was in use. */
  REMOVED;

  /** The name in JSON and on screen: lower case, words joined by hyphens. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
