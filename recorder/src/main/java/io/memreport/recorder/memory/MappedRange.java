// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One address range of {@code /proc/PID/smaps}, see proc(5).
 *
 * @param from first address
 * @param to first address behind it
 * @param permissions such as {@code rw-p}
 * @param name path or bracketed name, empty for anonymous memory
 * @param resident bytes in memory
 * @param own bytes of them that are this process's own: copies of a file's pages that it changed
 * @param proportional bytes of them, each page divided by how many processes map it
 */
record MappedRange(
    long from,
    long to,
    String permissions,
    String name,
    long resident,
    long own,
    long proportional) {
  /** HotSpot guards the end of a thread's stack with a few pages, glibc with one. */
  private static final long LARGEST_GUARD = 128 << 10;

  private static final String RESIDENT = "Rss:";
  private static final String OWN = "Anonymous:";
  private static final String PROPORTIONAL = "Pss:";

  static List<MappedRange> parse(BufferedReader smaps) throws IOException {
    List<MappedRange> ranges = new ArrayList<>();
    String header = null;
    long resident = 0;
    long own = 0;
    long proportional = 0;
    for (String line = smaps.readLine(); line != null; line = smaps.readLine()) {
      if (line.startsWith(RESIDENT)) {
        resident = kilobytes(line, RESIDENT) << 10;
        proportional = resident;
      } else if (line.startsWith(PROPORTIONAL)) {
        proportional = kilobytes(line, PROPORTIONAL) << 10;
      } else if (line.startsWith(OWN)) {
        own = kilobytes(line, OWN) << 10;
      } else if (!line.isEmpty() && Character.digit(line.charAt(0), 16) >= 0 && isHeader(line)) {
        add(ranges, header, resident, own, proportional);
        header = line;
        resident = 0;
        own = 0;
        proportional = 0;
      }
    }
    add(ranges, header, resident, own, proportional);
    return ranges;
  }

  private static void add(
      List<MappedRange> ranges, String header, long resident, long own, long proportional) {
    if (header != null) {
      ranges.add(of(header, resident, own, proportional));
    }
  }

  private static boolean isHeader(String line) {
    int dash = line.indexOf('-');
    return dash > 0 && dash < line.indexOf(' ');
  }

  private static long kilobytes(String line, String key) {
    return Long.parseLong(line.substring(key.length(), line.lastIndexOf(' ')).strip());
  }

  private static MappedRange of(String header, long resident, long own, long proportional) {
    String[] fields = header.split(" +", 6);
    int dash = fields[0].indexOf('-');
    return new MappedRange(
        Long.parseUnsignedLong(fields[0].substring(0, dash), 16),
        Long.parseUnsignedLong(fields[0].substring(dash + 1), 16),
        fields[1],
        fields.length > 5 ? fields[5].strip() : "",
        resident,
        own,
        proportional);
  }

  boolean isAnonymous() {
    return name.isEmpty() || name.startsWith("[anon");
  }

  boolean isFile() {
    return name.startsWith("/") && !isShared();
  }

  /** Memory that lives in tmpfs or a System V segment, which the kernel counts as shmem. */
  boolean isShared() {
    return name.startsWith("/dev/shm/")
        || name.startsWith("/SYSV")
        || name.startsWith("/dev/zero")
        || name.startsWith("/memfd:");
  }

  /** Code that was made at run time: nobody but the JIT compilers maps memory so. */
  boolean isCode() {
    return isAnonymous() && permissions.startsWith("rwx");
  }

  /** The heap of ZGC is a file in memory that is mapped more than once. */
  boolean isHeapOfZ() {
    return name.startsWith("/memfd:java_heap");
  }

  boolean isMainStack() {
    return name.equals("[stack]");
  }

  /** The program's break, which is malloc's first arena. */
  boolean isBreak() {
    return name.equals("[heap]");
  }

  /** Memory of malloc, or what it reserved for later. */
  boolean mayBeOfArena() {
    return isAnonymous() && (permissions.equals("rw-p") || permissions.equals("---p"));
  }

  boolean isGuardOf(MappedRange next) {
    return isAnonymous()
        && permissions.startsWith("---")
        && to == next.from
        && to - from <= LARGEST_GUARD
        && next.permissions.equals("rw-p")
        && next.isAnonymous();
  }
}
