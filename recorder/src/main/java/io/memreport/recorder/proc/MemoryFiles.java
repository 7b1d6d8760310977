// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.proc;

import io.memreport.recorder.event.MemreportEvent;
import java.io.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /** So much more or less of files may be of mappings. */
  private static final long WORTH_A_LOOK = 1 << 20;

  private static final String WRITABLE_AND_SHARED = "rw-s";
  private static final String REMOVED = " (deleted)";

  private static final ProcFile IO = new ProcFile(ProcFile.ROOT + "/self/io");

  /** By device; null before they are looked for, and where nothing tells of mounts. */
  private static Map<String, File> mounts;

  private static boolean looked;
  private static long usedAtLook;
  private static long mapped;

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
    for (File mount : mounts.values()) {
      used += mount.getTotalSpace() - mount.getFreeSpace();
    }
    return used;
  }

  /**
   * Bytes that this process gave to write(2) and the like so far, with what it has mapped so that
   * it can write there, or unknown.
   *
   * @param used what {@link #used} has just told
   * @param residentShared what is resident of all that is mapped of files in memory, or unknown
   */
  public static long written(long used, long residentShared) {
    long written = IO.read() ? IO.number("wchar:") : MemreportEvent.UNKNOWN;
    if (written == MemreportEvent.UNKNOWN) {
      return written;
    }
    // Mappings are many to read, and explain nothing while no file grows.
    if (Math.abs(used - usedAtLook) >= WORTH_A_LOOK) {
      usedAtLook = used;
      ProcFile maps = new ProcFile(ProcFile.ROOT + "/self/maps");
      mapped = residentShared > 0 && maps.read() ? mapped(maps.text(), mounts.keySet()) : 0;
    }
    return written + Math.min(Math.max(0, residentShared), mapped);
  }

  /** Of {@code maps} in proc(5), bytes that are shared and writable of files on these devices. */
  static long mapped(String maps, Set<String> devices) {
    long mapped = 0;
    for (String line : maps.split("\n")) {
      String[] words = line.split(" ", 5);
      if (words.length == 5
          && words[1].equals(WRITABLE_AND_SHARED)
          && !line.endsWith(REMOVED)
          && devices.contains(decimal(words[3]))) {
        String[] range = words[0].split("-");
        mapped += Long.parseUnsignedLong(range[1], 16) - Long.parseUnsignedLong(range[0], 16);
      }
    }
    return mapped;
  }

  /** {@code maps} has the numbers of a device in hexadecimal digits, {@code mountinfo} has not. */
  private static String decimal(String device) {
    int colon = device.indexOf(':');
    return Integer.parseInt(device.substring(0, colon), 16)
        + ":"
        + Integer.parseInt(device.substring(colon + 1), 16);
  }

  /**
   * Where a file could be written on tmpfs, by device: each file system once, however often
   * mounted.
   */
  static Map<String, File> in(String mountinfo) {
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
    return found;
  }
}
