// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.shm;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.proc.ProcFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A System V shared-memory segment, a line of {@code /proc/sysvipc/shm}: {@code
 * sysvipc_shm_proc_show} in the kernel's ipc/shm.c. The table holds the segments of the reader's
 * IPC namespace; process numbers are those of its PID namespace, 0 for a process outside of it.
 *
 * @param key what {@code shmget} was called with, 0 for {@code IPC_PRIVATE}
 * @param id the number that {@code shmat} and {@code ipcrm -m} take
 * @param mode permission bits, and the flags {@code SHM_DEST} 01000 and {@code SHM_LOCKED} 02000
 * @param bytes size
 * @param creatorPid process that created it
 * @param lastPid process that attached or detached last, 0 for none
 * @param attached how many attachments there are
 * @param uid its owner
 * @param creatorUid user that created it
 * @param attachedAt of the last attachment, in seconds since 1970; 0 for never
 * @param detachedAt of the last detachment, likewise
 * @param changedAt when it was created or its owner or mode changed last, likewise
 * @param residentBytes bytes in memory, unknown before Linux 2.6.31
 */
public record SysvSegment(
    int key,
    int id,
    int mode,
    long bytes,
    long creatorPid,
    long lastPid,
    long attached,
    long uid,
    long creatorUid,
    long attachedAt,
    long detachedAt,
    long changedAt,
    long residentBytes) {
  static final Path TABLE = Path.of(ProcFile.ROOT + "/sysvipc/shm");
  private static final int FLAG_DEST = 01000;

  /** Columns since Linux 2.4; those for resident and swapped bytes came later. */
  private static final int COLUMNS = 14;

  /** Whether this system has a table of them. */
  public static boolean canBeRead() {
    return Files.isReadable(TABLE);
  }

  /** Those of this process's IPC namespace. */
  public static List<SysvSegment> all() throws IOException {
    return parse(Files.readString(TABLE));
  }

  /**
   * Reads the table.
   *
   * @throws IOException if a line is not one of this table
   */
  public static List<SysvSegment> parse(String table) throws IOException {
    List<SysvSegment> segments = new ArrayList<>();
    for (String line : table.split("\n")) {
      String row = line.strip();
      if (row.isEmpty() || row.startsWith("key")) {
        continue;
      }
      String[] fields = row.split("\\s+");
      try {
        segments.add(of(fields));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        throw new IOException("not a line of /proc/sysvipc/shm: " + row, e);
      }
    }
    return segments;
  }

  private static SysvSegment of(String[] fields) {
    return new SysvSegment(
        (int) Long.parseLong(fields[0]),
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2], 8),
        Long.parseUnsignedLong(fields[3]),
        Long.parseLong(fields[4]),
        Long.parseLong(fields[5]),
        Long.parseLong(fields[6]),
        Long.parseLong(fields[7]),
        Long.parseLong(fields[9]),
        Long.parseLong(fields[11]),
        Long.parseLong(fields[12]),
        Long.parseLong(fields[13]),
        fields.length > COLUMNS ? Long.parseLong(fields[14]) : MemreportEvent.UNKNOWN);
  }

  /** It was removed, and is gone when the last process detaches from it. */
  public boolean isRemoved() {
    return (mode & FLAG_DEST) != 0;
  }

  /** Pages that it takes of {@code kernel.shmall}. */
  public long pages(long pageSize) {
    return (bytes + pageSize - 1) / pageSize;
  }
}
