// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.shm;

import io.memreport.input.run.UnreadableInputException;
import io.memreport.model.shm.PosixShm;
import io.memreport.model.shm.PostgresServer;
import io.memreport.model.shm.ShmFacts;
import io.memreport.model.shm.ShmLimitUse;
import io.memreport.model.shm.ShmObject;
import io.memreport.model.shm.ShmProcess;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.shm.ShmLimits;
import io.memreport.recorder.shm.SysvSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From {@code /proc} and {@code /dev/shm}. */
final class LinuxSharedMemory {
  private static final Path SEGMENTS = Path.of("/proc/sysvipc/shm");

  private LinuxSharedMemory() {}

  /**
   * The segments come first and the processes after them: whoever made a segment that is in the
   * table and is not among the processes has ended.
   */
  static ShmFacts read() throws IOException {
    List<SysvSegment> segments = segments();
    List<PosixFile> files = PosixFile.all(ShmLimits.DEV_SHM);
    Proc proc = new Proc(Path.of("/proc"));
    Map<Long, ShmProcess> processes = proc.processes();
    for (SysvSegment segment : segments) {
      proc.add(segment.creatorPid(), processes);
      proc.add(segment.lastPid(), processes);
    }
    Users users = Users.read(Path.of("/etc/passwd"));
    List<PostgresServer> servers = new PostgresServers(proc, processes, users).all();
    // After the processes: what they did until now is then not in the future.
    Instant now = Instant.now();
    long own = proc.ownUid();
    List<ShmObject> objects = new ArrayList<>();
    for (SysvSegment segment : segments) {
      objects.add(SysvTable.object(segment, own, users, now));
    }
    List<String> notes = new ArrayList<>();
    if (!files.isEmpty()) {
      FileUsers using = new FileUsers(proc, processes, files);
      for (PosixFile file : files) {
        PosixShm object = file.object(own, users, using, now);
        objects.add(object);
      }
      if (files.size() == PosixFile.MOST) {
        notes.add("/dev/shm holds more than the " + PosixFile.MOST + " files shown");
      }
    }
    boolean seesAll = proc.seesAllProcesses();
    if (!seesAll) {
      notes.add(
          "this is a container (a PID namespace of its own): processes outside of it can't be seen; a segment of"
              + " theirs shows process 0 and is never taken for an orphan, nor is a file in /dev/shm");
    }
    if (proc.hidesProcesses()) {
      notes.add(
          "/proc hides the processes of others (mounted with hidepid): who is not seen may still live");
    }
    return new ShmFacts(
        now,
        own,
        users.nameOf(own),
        proc.bootAt(),
        seesAll,
        proc.hidesProcesses(),
        objects,
        processes,
        servers,
        limits(segments),
        SharedMemory.temporaryFolders(),
        notes);
  }

  private static List<SysvSegment> segments() throws IOException {
    if (!SysvSegment.canBeRead()) {
      throw new UnreadableInputException(
          SEGMENTS,
          "can't be read: this kernel has no System V segments, or /proc is not mounted in full; run memreport"
              + " where it is");
    }
    try {
      return SysvSegment.all();
    } catch (IOException e) {
      throw new UnreadableInputException(SEGMENTS, "can't be read: " + e.getMessage());
    }
  }

  private static ShmLimitUse limits(List<SysvSegment> segments) {
    ShmLimits limits = ShmLimits.now();
    Long page = known(limits.pageSize());
    return new ShmLimitUse(
        known(limits.ids()),
        segments.size(),
        known(limits.pages()),
        page == null ? null : segments.stream().mapToLong(segment -> segment.pages(page)).sum(),
        page,
        known(limits.segmentBytes()),
        known(limits.devShmBytes()),
        known(limits.devShmBytes()) == null ? null : limits.devShmBytes() - limits.devShmFree(),
        limits.namespace());
  }

  private static Long known(long value) {
    return value == MemreportEvent.UNKNOWN ? null : value;
  }
}
