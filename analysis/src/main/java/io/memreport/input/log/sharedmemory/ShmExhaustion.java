// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.SharedMemoryDraft;
import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryResource;

/**
 * What an error of a call means: ipc/shm.c, ipc/sem.c and mm/shmem.c of Linux, sysv_shm.c of XNU.
 * One number stands for different limits there.
 */
final class ShmExhaustion {
  /** A segment that fits into one page is refused for the count of segments. */
  private static final long PAGE = 4096;

  private ShmExhaustion() {}

  /** Whether such an error is about a limit or a prohibition at all. */
  static boolean isOne(SharedMemoryDraft failure) {
    return failure.isEffect() || resource(failure, null) != null;
  }

  /** What ran out, or null if that is none of these. */
  static SharedMemoryResource resource(SharedMemoryDraft failure, OperatingSystem os) {
    if (failure.errno == null) {
      return failure.id == null ? null : SharedMemoryResource.DATA_DIRECTORY_IN_USE;
    }
    SharedMemoryResource plain = byErrorAlone(failure);
    if (plain != null || failure.call == null) {
      return plain == null ? posix(failure, os) : plain;
    }
    return switch (failure.call) {
      case "shmget" -> shmget(failure, os);
      case "shmat" ->
          switch (failure.errno) {
            case "EMFILE" -> SharedMemoryResource.SHMSEG;
            case "ENOMEM" -> SharedMemoryResource.KERNEL_MEMORY;
            default -> null;
          };
      case "semget" ->
          switch (failure.errno) {
            case "ENOSPC", "EINVAL" -> SharedMemoryResource.SEMAPHORES;
            case "ENOMEM" -> SharedMemoryResource.KERNEL_MEMORY;
            default -> null;
          };
      case "sem_open" ->
          os == OperatingSystem.MACOS && failure.errno.equals("ENOSPC")
              ? SharedMemoryResource.SEMAPHORES
              : posix(failure, os);
      case "mmap" -> failure.errno.equals("ENOMEM") ? SharedMemoryResource.KERNEL_MEMORY : null;
      default -> posix(failure, os);
    };
  }

  private static SharedMemoryResource byErrorAlone(SharedMemoryDraft failure) {
    return switch (failure.errno) {
      // Huge pages are for root and one group: Oracle asks for them.
      case "EPERM" ->
          "Oracle".equals(failure.program)
              ? SharedMemoryResource.PERMISSION
              : SharedMemoryResource.SANDBOX;
      case "EACCES" -> SharedMemoryResource.PERMISSION;
      case "ENOSYS" -> SharedMemoryResource.UNSUPPORTED;
      case "ORA-04031", "ngx_slab_alloc" -> SharedMemoryResource.SHARED_POOL;
      case "ORA-27104", "SQL1084" -> SharedMemoryResource.SHM_LIMITS;
      default -> null;
    };
  }

  private static SharedMemoryResource shmget(SharedMemoryDraft failure, OperatingSystem os) {
    return switch (failure.errno) {
      case "ENOSPC" -> {
        boolean onePage =
            failure.smallSegment || failure.sizeBytes != null && failure.sizeBytes <= PAGE;
        yield os == OperatingSystem.MACOS || onePage
            ? SharedMemoryResource.SHMMNI
            : SharedMemoryResource.SHMMNI_OR_SHMALL;
      }
      case "ENOMEM" ->
          os == null
              ? SharedMemoryResource.SHMALL_OR_KERNEL_MEMORY
              : os == OperatingSystem.MACOS
                  ? SharedMemoryResource.SHMALL
                  : SharedMemoryResource.KERNEL_MEMORY;
      case "EINVAL" -> SharedMemoryResource.SHMMAX;
      case "EEXIST" ->
          failure.isOfPostgres()
              ? SharedMemoryResource.DATA_DIRECTORY_IN_USE
              : SharedMemoryResource.KEY_IN_USE;
      default -> null;
    };
  }

  private static SharedMemoryResource posix(SharedMemoryDraft failure, OperatingSystem os) {
    return switch (failure.errno) {
      case "ENOSPC" -> os == OperatingSystem.MACOS ? null : SharedMemoryResource.DEV_SHM;
      case "ENOMEM" -> SharedMemoryResource.KERNEL_MEMORY;
      case "EMFILE", "ENFILE" -> SharedMemoryResource.FILE_DESCRIPTORS;
      case "ENOENT" -> failure.isOfPostgres() ? SharedMemoryResource.REMOVED : null;
      default -> null;
    };
  }
}
