// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.diagnosis.words.Units;
import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;

/** Says in one sentence which shared memory ran out, and that it is not the disk. */
final class SharedMemoryHeadline {
  private static final long EXACT = 1 << 20;

  private SharedMemoryHeadline() {}

  static String of(SharedMemoryFailure failure) {
    if (failure.resource() == null) {
      return failure.earlySignature()
          ? "initdb could not start PostgreSQL with any setting: most often shared memory is full."
          : who(failure) + ": shared memory was refused" + call(failure) + ".";
    }
    return switch (failure.resource()) {
      case SHMMNI ->
          who(failure)
              + ": all System V shared-memory ids "
              + (failure.os() == OperatingSystem.MACOS ? "of the machine " : "")
              + "are taken"
              + call(failure)
              + "; the disk is not full.";
      case SHMMNI_OR_SHMALL ->
          who(failure)
              + ": System V shared-memory ids or pages are used up"
              + call(failure)
              + "; the disk is not full.";
      case SHMALL ->
          who(failure)
              + ": all pages of System V shared memory (shmall) are taken"
              + call(failure)
              + ".";
      case SHMALL_OR_KERNEL_MEMORY ->
          who(failure)
              + ": the system had no memory for a shared segment"
              + call(failure)
              + ": its pages for segments (shmall on macOS) or its memory (Linux) are used up.";
      case SHMMAX ->
          who(failure) + ": no shared-memory segment of that size is allowed" + call(failure) + ".";
      case SHM_LIMITS -> who(failure) + ": the system's limits (shmmax, shmall) are too small.";
      case SHARED_POOL ->
          failure.program()
              + "'s own shared pool is full"
              + (failure.sizeBytes() == null ? "" : ": no " + bytes(failure.sizeBytes()) + " left")
              + "; the system's memory is not.";
      case SHMSEG ->
          who(failure)
              + ": its process has as many segments attached as it may"
              + call(failure)
              + ".";
      case DEV_SHM ->
          failure.errno() == null
              ? "PyTorch".equals(failure.program())
                  ? "A worker of PyTorch crashed; its text points to /dev/shm, which may be full."
                  : "A page of the browser crashed; the text points to /dev/shm, which may be full."
              : who(failure) + ": /dev/shm is full" + call(failure) + "; the disk is not full.";
      case KERNEL_MEMORY ->
          who(failure) + ": the kernel had no memory for shared memory" + call(failure) + ".";
      case SEMAPHORES ->
          who(failure)
              + ": the limits of System V semaphores are reached"
              + call(failure)
              + "; neither shared memory nor the disk is full.";
      case FILE_DESCRIPTORS ->
          who(failure)
              + ": too many files are open to open shared memory"
              + call(failure)
              + "; shared memory itself is not full.";
      case SANDBOX ->
          who(failure) + ": a sandbox forbids shared memory" + call(failure) + "; nothing ran out.";
      case PERMISSION ->
          who(failure)
              + ": its user may not open that shared memory"
              + call(failure)
              + "; nothing ran out.";
      case UNSUPPORTED ->
          who(failure)
              + ": this system has no such shared memory"
              + call(failure)
              + "; nothing ran out.";
      case KEY_IN_USE ->
          who(failure)
              + ": another shared-memory segment has that key"
              + call(failure)
              + "; nothing ran out.";
      case DATA_DIRECTORY_IN_USE ->
          "PostgreSQL could not start: an earlier server still uses its data directory"
              + (failure.id() == null ? "" : " (shared-memory id " + failure.id() + ")")
              + "; nothing ran out.";
      case REMOVED ->
          "Shared memory of a running PostgreSQL was removed; nothing leaked and nothing ran out.";
    };
  }

  private static String who(SharedMemoryFailure failure) {
    String got =
        failure.resource() == SharedMemoryResource.SEMAPHORES
            ? " got no semaphore"
            : " got no shared memory";
    if (failure.program() == null) {
      return "A program" + got;
    }
    if (!failure.program().equals("PostgreSQL")) {
      return failure.program() + got;
    }
    return failure.segmentName() == null
        ? "PostgreSQL could not start"
        : "PostgreSQL could not run a query";
  }

  /** As in {@code (shmget of 56 bytes failed)}. */
  private static String call(SharedMemoryFailure failure) {
    String size = failure.sizeBytes() == null ? "" : " of " + bytes(failure.sizeBytes());
    if (failure.call() == null) {
      return size.isEmpty() ? "" : " (" + bytes(failure.sizeBytes()) + " were asked for)";
    }
    return " (" + failure.call() + size + " failed)";
  }

  private static String bytes(long bytes) {
    return bytes < EXACT ? bytes + " bytes" : Units.bytes(bytes);
  }
}
