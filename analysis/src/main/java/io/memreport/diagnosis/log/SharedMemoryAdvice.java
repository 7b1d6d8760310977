// SPDX-License-Identifier: Apache-2.0
package io.memreport.diagnosis.log;

import io.memreport.model.log.OperatingSystem;
import io.memreport.model.log.SharedMemoryFailure;
import java.util.ArrayList;
import java.util.List;

/** What to do where shared memory was refused. */
final class SharedMemoryAdvice {
  private static final String LIST =
      "See who holds the segments: memreport shm list, or ipcs -m -p (on Linux also lsipc -m).";
  private static final String CLEAN =
      "Remove proven orphans: memreport shm clean shows them, memreport shm clean --yes removes them.";
  private static final String STOP =
      " A server that was left behind is stopped, not removed: pg_ctl -D DIR stop -m immediate.";
  private static final String LINUX_IDS =
      "If all are in use, allow more: sudo sysctl -w kernel.shmmni=8192.";
  private static final String MACOS_IDS =
      "If all are in use, allow more: kern.sysv.shmmni (sysctl kern.sysv.shmmni shows it). It can't be"
          + " changed once any process has used System V shared memory since boot, so it has to be"
          + " set at boot time.";

  private SharedMemoryAdvice() {}

  static List<String> of(SharedMemoryFailure failure) {
    if (failure.resource() == null) {
      return List.of(LIST, clean(failure));
    }
    return switch (failure.resource()) {
      case SHMMNI -> ids(failure);
      case SHMMNI_OR_SHMALL -> {
        List<String> advice = new ArrayList<>(ids(failure));
        advice.add("For the pages see sysctl kernel.shmall and ipcs -m -u.");
        yield advice;
      }
      case SHMALL ->
          List.of(
              LIST,
              clean(failure),
              "Raise the pages: sudo sysctl -w kern.sysv.shmall=65536 (each of 4 KiB). If no segments"
                  + " are there that would explain it, restart the machine.");
      case SHMALL_OR_KERNEL_MEMORY ->
          List.of(
              LIST,
              "On macOS raise kern.sysv.shmall; on Linux look at free memory and at"
                  + " vm.overcommit_memory.");
      case SHMMAX ->
          List.of(
              "Compare the size with sysctl kernel.shmmax (Linux) or kern.sysv.shmmax (macOS, a multiple"
                  + " of the page size), and look with ipcs -m for a segment that has that key.");
      case SHM_LIMITS ->
          List.of(
              "Compare sysctl kernel.shmmax kernel.shmall kernel.shmmni with what it asks for; in a container they"
                  + " are set by docker run --sysctl kernel.shmmax=….",
              less(failure));
      case SHARED_POOL ->
          "nginx".equals(failure.program())
              ? List.of(
                  "Raise the size of the zone that the message names: keys_zone=NAME:20m,"
                      + " limit_req_zone … zone=NAME:20m, or lower the time that its entries stay (inactive=).")
              : List.of(
                  "Raise SHARED_POOL_SIZE or SGA_TARGET within the memory of the machine or container.",
                  "See what fills it: V$SGASTAT; statements without bind variables are the usual reason.");
      case SHMSEG -> List.of("Let the process detach from segments, or raise kern.sysv.shmseg.");
      case DEV_SHM -> devShm(failure);
      case KERNEL_MEMORY ->
          List.of(
              "Look at free -m, sysctl vm.overcommit_memory vm.nr_hugepages and the memory limit of the"
                  + " container.",
              less(failure));
      case SEMAPHORES ->
          "Apache httpd".equals(failure.program())
              ? List.of(
                  "Remove the semaphores that earlier servers left, while httpd is stopped: ipcs -s, then"
                      + " ipcrm -s ID for those of its user.",
                  "Raise the limits (sysctl kernel.sem), or use another mutex: Mutex posixsem or Mutex"
                      + " pthread in httpd.conf.")
              : List.of(
                  "See who holds them: ipcs -s -p; remove those of dead servers with ipcrm -s ID.",
                  "Raise the limits: sysctl kernel.sem (Linux), kern.sysv.semmni and semmns (macOS, at boot"
                      + " time)"
                      + ("PostgreSQL".equals(failure.program())
                          ? ", or lower max_connections."
                          : "."));
      case FILE_DESCRIPTORS ->
          List.of("Raise ulimit -n, or find who keeps so many files open: lsof -p PID.");
      case SANDBOX ->
          List.of(
              "Allow System V shared memory in the sandbox's profile (on macOS ipc-sysv-shm), or run the"
                  + " server outside of it.");
      case PERMISSION ->
          "Oracle".equals(failure.program())
              ? List.of(
                  "Huge pages need a permission: put the group of its user into sysctl"
                      + " vm.hugetlb_shm_group, or start it without them (USE_LARGE_PAGES=FALSE).",
                  "In a container look at its capabilities, too (docker run --cap-add IPC_LOCK), and at ipcs"
                      + " -m.")
              : List.of("Look at ls -ld /dev/shm, which should be drwxrwxrwt, and at ipcs -m.");
      case UNSUPPORTED ->
          List.of(
              "Run it on a kernel with System V shared memory: some sandboxes, jails and older versions"
                  + " of WSL have none.");
      case KEY_IN_USE -> List.of(LIST, "Use another key, or end the program that has this one.");
      case DATA_DIRECTORY_IN_USE ->
          List.of(
              "Find the server and stop it: memreport shm list; pg_ctl -D DIR stop -m fast.",
              "Do not use ipcrm on the segment and do not delete postmaster.pid while it runs.");
      case REMOVED ->
          List.of(
              "Set RemoveIPC=no in /etc/systemd/logind.conf, or run PostgreSQL as a user of the system.");
    };
  }

  /** Each program has its own name for the size of what it shares. */
  private static String less(SharedMemoryFailure failure) {
    return switch (failure.program() == null ? "" : failure.program()) {
      case "PostgreSQL" ->
          "Let PostgreSQL ask for less: a smaller shared_buffers or max_connections, and"
              + " huge_pages=try.";
      case "Oracle" ->
          "Let Oracle ask for less: a smaller SGA_TARGET; images size it by the number of CPUs and the"
              + " memory of the host.";
      case "Db2" ->
          "Let Db2 ask for less: a smaller INSTANCE_MEMORY, DATABASE_MEMORY or buffer pools.";
      case "nginx" ->
          "Let nginx ask for less: smaller zones (keys_zone=, zone=, ssl_session_cache shared:).";
      default -> "Let the program ask for less shared memory.";
    };
  }

  /** Most segments that are left are PostgreSQL's, unless another program tells of itself. */
  private static String clean(SharedMemoryFailure failure) {
    boolean another = failure.program() != null && !"PostgreSQL".equals(failure.program());
    return another ? CLEAN : CLEAN + STOP;
  }

  private static List<String> ids(SharedMemoryFailure failure) {
    List<String> advice = new ArrayList<>(List.of(LIST, clean(failure)));
    if (failure.os() != OperatingSystem.MACOS) {
      advice.add((failure.os() == null ? "On Linux: " : "") + LINUX_IDS);
    }
    if (failure.os() != OperatingSystem.LINUX) {
      advice.add((failure.os() == null ? "On macOS: " : "") + MACOS_IDS);
    }
    return advice;
  }

  private static List<String> devShm(SharedMemoryFailure failure) {
    List<String> advice = new ArrayList<>();
    advice.add("See what lies in it: df -h /dev/shm; ls -l /dev/shm; memreport shm list.");
    advice.add(
        "Make it larger: docker run --shm-size=1g (shm_size: 1gb in compose); in Kubernetes mount an"
            + " emptyDir with medium: Memory at /dev/shm, which counts against the pod's memory limit.");
    if ("PostgreSQL".equals(failure.program())) {
      advice.add(
          "Or let queries do without it: SET max_parallel_workers_per_gather = 0 for the statement, the"
              + " role or the database.");
    } else if ("Chromium".equals(failure.program())) {
      advice.add("Or start the browser with --disable-dev-shm-usage, which uses /tmp instead.");
    } else if ("PyTorch".equals(failure.program())) {
      advice.add("Or let DataLoader do without it: num_workers=0, or fewer workers.");
    } else if ("Oracle".equals(failure.program())) {
      advice.add(
          "Or set SGA_TARGET and PGA_AGGREGATE_TARGET instead of MEMORY_TARGET, which has to fit into"
              + " /dev/shm.");
    }
    return advice;
  }
}
