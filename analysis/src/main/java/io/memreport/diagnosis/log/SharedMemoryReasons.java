// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import io.memreport.model.log.SharedMemoryResource;
import java.util.ArrayList;
import java.util.List;

/**
 * Why shared memory was refused, and what it was not. Defaults: include/uapi/linux/shm.h, and
 * sysv_shm.c of XNU.
 */
final class SharedMemoryReasons {
  private final SharedMemoryFailure failure;
  private final List<String> reasons = new ArrayList<>();

  private SharedMemoryReasons(SharedMemoryFailure failure) {
    this.failure = failure;
  }

  static List<String> of(SharedMemoryFailure failure) {
    SharedMemoryReasons reasons = new SharedMemoryReasons(failure);
    reasons.statement();
    reasons.resource();
    if (failure.earlySignature()) {
      reasons.reasons.add(
          "initdb had said so before: it chose its smallest settings (shared_buffers 400kB), as it does"
              + " when each server that it tried failed.");
    }
    return List.copyOf(reasons.reasons);
  }

  private void statement() {
    if (failure.statement() != null) {
      reasons.add(
          "The statement that failed"
              + (failure.backendPid() == null ? "" : " in process " + failure.backendPid())
              + ": "
              + failure.statement());
    }
  }

  private void resource() {
    if (failure.resource() == null) {
      if (failure.errno() == null) {
        reasons.add(
            "initdb hides why they failed: a sandbox or a missing library would look the same. A"
                + " FATAL line behind, if there is one, tells.");
      }
      return;
    }
    switch (failure.resource()) {
      case SHMMNI, SHMMNI_OR_SHMALL -> ids();
      case SHMALL ->
          reasons.add(
              "On macOS all segments together have kern.sysv.shmall pages of 4 KiB, 1024 by default;"
                  + " \"Cannot allocate memory\" is about these, not about free memory.");
      case SHMALL_OR_KERNEL_MEMORY ->
          reasons.add(
              "ENOMEM is kern.sysv.shmall on macOS; on Linux it is memory that the kernel lacks or,"
                  + " by vm.overcommit_memory, may not promise. This text does not say which system"
                  + " it is.");
      case SHMMAX -> largest();
      case SHMSEG ->
          reasons.add(
              "macOS lets a process attach to kern.sysv.shmseg segments, 8 by default; the segments of"
                  + " others do not count.");
      case SHARED_POOL ->
          reasons.add(
              "nginx".equals(failure.program())
                  ? "A zone of nginx has the size that its configuration gives it: neither shmmax nor free memory"
                      + " has a part in it."
                  : "ORA-04031 is about a pool within the SGA, whose size Oracle's parameters set: neither"
                      + " shmmax nor free memory has a part in it.");
      case DEV_SHM -> devShm();
      case KERNEL_MEMORY -> kernelMemory();
      case SEMAPHORES ->
          reasons.add(
              "Semaphores have limits of their own (SEMMNI sets, SEMMNS in all): those of shared memory"
                  + " and \"space on device\" have nothing to do with it.");
      case SANDBOX ->
          reasons.add(
              "\"Operation not permitted\" comes from a sandbox or a security profile, not from a limit:"
                  + " removing segments does not help.");
      case DATA_DIRECTORY_IN_USE ->
          reasons.add(
              "The segment has live processes attached: a server that is running or was left behind,"
                  + " not a stale file. Deleting postmaster.pid would let two servers write the same"
                  + " data.");
      case REMOVED ->
          reasons.add(
              "systemd-logind does that with RemoveIPC=yes, for users that are none of the system's,"
                  + " when they log out.");
      case SHM_LIMITS, FILE_DESCRIPTORS, PERMISSION, UNSUPPORTED, KEY_IN_USE -> {
        // The headline says it all.
      }
    }
  }

  private void ids() {
    String defaults =
        failure.os() == OperatingSystem.LINUX
            ? "kernel.shmmni is 4096 by default, for each IPC namespace"
            : failure.os() == OperatingSystem.MACOS
                ? "kern.sysv.shmmni is 32 by default, for all users and projects of the machine"
                : "Linux has 4096 by default for each IPC namespace, macOS 32 for the whole machine";
    reasons.add(
        "\"No space left on device\" is ENOSPC of shmget, not disk space: it is about the count of"
            + " segments ("
            + defaults
            + ").");
    if (failure.resource() == SharedMemoryResource.SHMMNI) {
      reasons.add(
          "Raising shmmax or shmall does not help: the count is what is reached, not their size.");
    } else {
      reasons.add(
          "On Linux it may as well be that all segments together would have more than kernel.shmall"
              + " pages; ipcs -m -u tells.");
    }
  }

  private void largest() {
    reasons.add(
        "EINVAL of shmget: more than SHMMAX (on macOS 4 MiB by default), less than SHMMIN, or a"
            + " segment with that key is there and smaller. It is not about free memory.");
  }

  private void devShm() {
    if (failure.errno() == null) {
      reasons.add(
          "Nothing in the text proves it: "
              + ("PyTorch".equals(failure.program()) ? "workers" : "pages")
              + " crash for other reasons too.");
    } else {
      reasons.add(
          "/dev/shm is a file system in memory with a size of its own. It is full of all that lies in"
              + " it together: the request that failed may be small.");
    }
    reasons.add("In a container of docker, podman or containerd it has 64 MiB by default.");
  }

  private void kernelMemory() {
    reasons.add(
        "mmap".equals(failure.call()) && failure.segmentName() == null
            ? ("PostgreSQL".equals(failure.program())
                    ? "This is shared_buffers and the like, which are anonymous:"
                    : "This is anonymous memory that processes share:")
                + " not System V segments and not /dev/shm. Memory, what vm.overcommit_memory allows, or"
                + " huge pages do not suffice."
            : "ENOMEM is memory that the kernel lacks or, by vm.overcommit_memory, may not promise;"
                + " neither ids nor the disk are used up.");
  }
}
