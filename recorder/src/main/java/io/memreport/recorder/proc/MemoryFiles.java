// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import io.memreport.recorder.event.MemreportEvent;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files on file systems in memory, by {@code mountinfo} of proc(5) and statvfs(3). Those in {@code
 * /dev/shm} are told one by one elsewhere. One thread at a time.
 */
public final class MemoryFiles {
  private static final String SHARED = "/dev/shm";
  private static final int DEVICE = 2;
  private static final int MOUNTED_AT = 4;
  private static final int OPTIONS = 5;

  /** A container host may have one for each secret. */
  private static final int MOST = 64;

  private static final ProcFile IO = new ProcFile(ProcFile.ROOT + "/self/io");

  /** Null before they are looked for, and where nothing tells of mounts. */
  private static List<File> mounts;

  private static boolean looked;

  private MemoryFiles() {}

  /** Bytes of all of them, unknown on systems without {@code /proc}. */
  public static long used() {
    if (!looked) {
      looked = true;
      ProcFile file = new ProcFile(ProcFile.ROOT + "/self/mountinfo");
      mounts = file.read() ? in(file.text()) : null;
    }
    if (mounts == null) {
      return MemreportEvent.UNKNOWN;
    }
    long used = 0;
    for (File mount : mounts) {
      used += mount.getTotalSpace() - mount.getFreeSpace();
    }
    return used;
  }

  /** Bytes that this process gave to write(2) and the like so far, or unknown. */
  public static long written() {
    return IO.read() ? IO.number("wchar:") : MemreportEvent.UNKNOWN;
  }

  /** Where a file could be written on tmpfs: each file system once, however often mounted. */
  static List<File> in(String mountinfo) {
    Map<String, String> devices = new LinkedHashMap<>();
    for (String line : mountinfo.split("\n")) {
      String[] words = line.split(" ");
      if (words.length > OPTIONS) {
        String at = words[MOUNTED_AT].replace("\\040", " ");
        boolean wanted =
            line.contains(" - tmpfs ")
                && words[OPTIONS].startsWith("rw")
                && !at.startsWith("/sys/")
                && devices.size() < MOST;
        // What was mounted there before is hidden.
        devices.remove(at);
        if (wanted) {
          devices.put(at, words[DEVICE]);
        }
      }
    }
    devices.values().removeAll(List.of(devices.getOrDefault(SHARED, "")));
    Map<String, File> found = new LinkedHashMap<>();
    devices.forEach((at, device) -> found.putIfAbsent(device, new File(at)));
    return List.copyOf(found.values());
  }
}
