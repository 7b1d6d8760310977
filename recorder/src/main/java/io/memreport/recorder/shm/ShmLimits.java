// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.shm;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Limits of shared memory in this process's IPC namespace: shmget(2), proc(5). The kernel keeps
 * {@code shmmni}, {@code shmall} and {@code shmmax} for each namespace; {@code /dev/shm} belongs to
 * the mount namespace.
 *
 * @param ids the most segments, {@code kernel.shmmni}
 * @param pages the most pages of all segments together, {@code kernel.shmall}
 * @param segmentBytes the largest segment, {@code kernel.shmmax}
 * @param pageSize in bytes
 * @param devShmBytes size of {@code /dev/shm}, unknown where there is none
 * @param devShmFree bytes that are free there
 * @param namespace the IPC namespace, such as {@code ipc:[4026531839]}, or null
 */
public record ShmLimits(
    long ids,
    long pages,
    long segmentBytes,
    long pageSize,
    long devShmBytes,
    long devShmFree,
    String namespace) {
  /** Where POSIX segments are files: shm_overview(7). */
  public static final Path DEV_SHM = Path.of("/dev/shm");

  private static final int LINE = 64;

  /** Reads them now; what this system does not tell is unknown. */
  public static ShmLimits now() {
    long size = MemreportEvent.UNKNOWN;
    long free = MemreportEvent.UNKNOWN;
    long page = MemreportEvent.UNKNOWN;
    try {
      FileStore store = Files.getFileStore(DEV_SHM);
      page = store.getBlockSize();
      // A machine without the mount has a folder there, on another file system.
      if (store.type().equals("tmpfs")) {
        size = store.getTotalSpace();
        free = store.getUnallocatedSpace();
      }
    } catch (IOException e) {
      // There is none: it stays unknown.
    }
    return new ShmLimits(
        kernel("shmmni"),
        kernel("shmall"),
        kernel("shmmax"),
        page,
        size,
        free,
        namespaceOf("self"));
  }

  /**
   * The IPC namespace of a process, or null if it can't be read.
   *
   * @param pid its number, or {@code self}
   */
  public static String namespaceOf(String pid) {
    try {
      return Files.readSymbolicLink(Path.of(ProcFile.ROOT, pid, "ns", "ipc")).toString();
    } catch (IOException e) {
      return null;
    }
  }

  /** As the kernel prints it: no limit is 2^64 - 2^24 - 1, which a long shows as the largest. */
  private static long kernel(String name) {
    try (InputStream in = Files.newInputStream(Path.of(ProcFile.ROOT + "/sys/kernel", name))) {
      // At once: the kernel gives nothing to a second read, and Files.readString begins with a
      // byte.
      String text = new String(in.readNBytes(LINE), StandardCharsets.US_ASCII).strip();
      long value = Long.parseUnsignedLong(text);
      return value < 0 ? Long.MAX_VALUE : value;
    } catch (IOException | NumberFormatException e) {
      return MemreportEvent.UNKNOWN;
    }
  }
}
