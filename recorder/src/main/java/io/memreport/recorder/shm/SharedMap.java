// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.shm;

import io.memreport.recorder.event.shared.SegmentEvent;
import io.memreport.recorder.proc.ProcFile;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A segment of shared memory that a process has mapped, from {@code /proc/PID/maps}: proc(5).
 *
 * @param kind one of the kinds of {@link SegmentEvent}
 * @param id path of a file, number of a System V segment, inode of anonymous memory
 * @param bytes of all maps of it in this process
 */
record SharedMap(String kind, String id, long bytes) {
  private static final String DELETED = " (deleted)";

  /** Those of a process; none if it can't be read. */
  static Map<String, SharedMap> of(String pid) {
    Map<String, SharedMap> found = new LinkedHashMap<>();
    try (BufferedReader maps =
        new BufferedReader(
            new FileReader(ProcFile.ROOT + "/" + pid + "/maps", StandardCharsets.ISO_8859_1))) {
      for (String line = maps.readLine(); line != null; line = maps.readLine()) {
        SharedMap map = parse(line);
        if (map != null) {
          found.merge(map.id, map, (a, b) -> new SharedMap(a.kind, a.id, a.bytes + b.bytes));
        }
      }
    } catch (IOException e) {
      return Map.of();
    }
    return found;
  }

  /** Null for a line that tells of no shared memory. */
  static SharedMap parse(String line) {
    int blank = line.indexOf(' ');
    if (blank < 0 || line.length() < blank + 5 || line.charAt(blank + 4) != 's') {
      return null;
    }
    // 7f0000000000-7f0000001000 rw-s 00000000 00:01 4711   /dev/zero (deleted)
    String[] fields = line.split(" +", 6);
    if (fields.length < 6) {
      return null;
    }
    String inode = fields[4];
    String name = fields[5];
    String kind;
    String id;
    if (name.startsWith("/SYSV")) {
      kind = SegmentEvent.SYSV;
      id = inode;
    } else if (name.startsWith("/memfd:java_heap")) {
      // The heap of ZGC, which is told as Java heap.
      return null;
    } else if (name.startsWith("/dev/zero") || name.startsWith("/memfd:")) {
      kind = SegmentEvent.ANONYMOUS;
      id = inode;
    } else if (name.endsWith("-shm") || name.endsWith("-shm" + DELETED)) {
      kind = SegmentEvent.WAL_INDEX;
      id = withoutDeleted(name);
    } else if (name.startsWith("/dev/shm/")) {
      kind = SegmentEvent.POSIX;
      id = withoutDeleted(name);
    } else {
      return null;
    }
    int dash = fields[0].indexOf('-');
    long from = Long.parseUnsignedLong(fields[0].substring(0, dash), 16);
    long to = Long.parseUnsignedLong(fields[0].substring(dash + 1), 16);
    return new SharedMap(kind, id, to - from);
  }

  private static String withoutDeleted(String name) {
    return name.endsWith(DELETED) ? name.substring(0, name.length() - DELETED.length()) : name;
  }
}
