// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.proc.ProcFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory cgroup of a process and its ancestors, as far up as they can be seen; see
 * Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst in the kernel's sources.
 */
public final class Cgroup {
  /** From here on a v1 limit means none: the largest page-aligned number that the kernel keeps. */
  private static final long NO_LIMIT = 1L << 60;

  private final String path;
  private final String version;
  private final ProcFile usage;
  private final List<ProcFile> limits;

  private Cgroup(String path, String version, ProcFile usage, List<ProcFile> limits) {
    this.path = path;
    this.version = version;
    this.usage = usage;
    this.limits = limits;
  }

  /** Finds it through {@code /proc/self/cgroup} and {@code /proc/self/mountinfo}. */
  public static Cgroup ofThisProcess() {
    return of("self");
  }

  /** That of another process, which this one can see. */
  public static Cgroup of(long pid) {
    return of(Long.toString(pid));
  }

  private static Cgroup of(String process) {
    ProcFile own = new ProcFile(ProcFile.ROOT + "/" + process + "/cgroup");
    ProcFile mounts = new ProcFile(ProcFile.ROOT + "/self/mountinfo");
    return own.read() && mounts.read()
        ? parse(own.text(), mounts.text())
        : new Cgroup(null, null, null, List.of());
  }

  /** The cgroup of this name below this one, which need not exist yet. */
  public Cgroup below(String name) {
    return named(folder() + "/" + name, path, name, limits);
  }

  /** The cgroup of this name beside this one, which need not exist yet; null for the root. */
  public Cgroup beside(String name) {
    int above = folder().lastIndexOf('/');
    return path.equals("/")
        ? null
        : named(
            folder().substring(0, above) + "/" + name,
            path.substring(0, path.lastIndexOf('/')),
            name,
            limits.subList(1, limits.size()));
  }

  private Cgroup named(String folder, String parent, String name, List<ProcFile> above) {
    List<ProcFile> all = new ArrayList<>();
    String file = limits.get(0).path();
    all.add(new ProcFile(folder + file.substring(file.lastIndexOf('/'))));
    all.addAll(above);
    String own = usage.path();
    return new Cgroup(
        (parent.equals("/") ? "" : parent) + "/" + name,
        version,
        new ProcFile(folder + own.substring(own.lastIndexOf('/'))),
        List.copyOf(all));
  }

  static Cgroup parse(String own, String mounts) {
    String unified = null;
    String legacy = null;
    for (String line : own.split("\n")) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[0].equals("0") && fields[1].isEmpty()) {
        unified = fields[2];
      } else if (fields.length == 3 && ("," + fields[1] + ",").contains(",memory,")) {
        legacy = fields[2];
      }
    }
    // Where the v1 controller is mounted, the unified hierarchy has no memory controller.
    return legacy != null
        ? at(legacy, "v1", mounts, "memory.usage_in_bytes", "memory.limit_in_bytes")
        : at(unified, "v2", mounts, "memory.current", "memory.max");
  }

  private static Cgroup at(
      String path, String version, String mounts, String usageFile, String limitFile) {
    if (path != null) {
      for (String line : mounts.split("\n")) {
        String[] fields = line.split(" ");
        String folder = isMount(fields, version) ? folder(fields[4], fields[3], path) : null;
        if (folder != null) {
          List<ProcFile> limits = new ArrayList<>();
          for (String at = folder;
              at.length() >= fields[4].length();
              at = at.substring(0, at.lastIndexOf('/'))) {
            limits.add(new ProcFile(at + "/" + limitFile));
          }
          return new Cgroup(path, version, new ProcFile(folder + "/" + usageFile), limits);
        }
      }
    }
    return new Cgroup(path, version, null, List.of());
  }

  private static boolean isMount(String[] fields, String version) {
    for (int i = 6; i < fields.length - 3; i++) {
      if (fields[i].equals("-")) {
        return version.equals("v2")
            ? fields[i + 1].equals("cgroup2")
            : fields[i + 1].equals("cgroup") && ("," + fields[i + 3] + ",").contains(",memory,");
      }
    }
    return false;
  }

  /**
   * In a container the mount shows the subtree below its root only, which the path may begin with.
   */
  private static String folder(String mountPoint, String root, String path) {
    String below = path;
    if (!root.equals("/") && (path.equals(root) || path.startsWith(root + "/"))) {
      below = path.substring(root.length());
    } else if (path.startsWith("/..")) {
      below = "";
    }
    return below.isEmpty() || below.equals("/") ? mountPoint : mountPoint + below;
  }

  /** Its path as the kernel names it, or null. */
  public String path() {
    return path;
  }

  /** {@code v1} or {@code v2}, or null where there are no cgroups. */
  public String version() {
    return version;
  }

  /** Where its files are, or null if they can't be seen. */
  public String folder() {
    return usage == null ? null : usage.path().substring(0, usage.path().lastIndexOf('/'));
  }

  /** Whether it is the one that holds all that is in no other: not a container's. */
  boolean isRoot() {
    return path == null || path.equals("/") && limit() == MemreportEvent.UNKNOWN;
  }

  /** Bytes charged to it now, or {@link MemreportEvent#UNKNOWN}. */
  public long usage() {
    return usage != null && usage.read() ? usage.singleNumber() : MemreportEvent.UNKNOWN;
  }

  /** The lowest limit up the tree in bytes, or {@link MemreportEvent#UNKNOWN} if there is none. */
  public long limit() {
    long lowest = MemreportEvent.UNKNOWN;
    for (ProcFile file : limits) {
      long limit = file.read() ? file.singleNumber() : MemreportEvent.UNKNOWN;
      if (limit != MemreportEvent.UNKNOWN && limit < NO_LIMIT) {
        lowest = lowest == MemreportEvent.UNKNOWN ? limit : Math.min(lowest, limit);
      }
    }
    return lowest;
  }

  /** The files that are asked for limits, own cgroup first. */
  List<String> limitFiles() {
    return limits.stream().map(ProcFile::path).toList();
  }
}
