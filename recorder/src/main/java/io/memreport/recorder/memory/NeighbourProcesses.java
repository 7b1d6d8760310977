// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.memory.CgroupEvent;
import io.memreport.recorder.event.memory.CgroupProcessEvent;
import io.memreport.recorder.proc.ProcFile;
import io.memreport.recorder.process.Children;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes that share the cgroup, or that this JVM started: who of them holds how much. */
final class NeighbourProcesses {
  /** In a cgroup of more processes than this it takes too long to ask each. */
  private static final int MOST = 300;

  private static final int WRITTEN = 12;

  private final long ownPid = ProcessHandle.current().pid();
  private final Cgroup cgroup;
  private final Children started;

  /** One of them; {@code held} is its anonymous memory: what it shares is the cgroup's. */
  private record Neighbour(long pid, long parent, String name, long held) {}

  /**
   * @param started the processes that this JVM started, whose parents may be gone
   */
  NeighbourProcesses(Cgroup cgroup, Children started) {
    this.cgroup = cgroup;
    this.started = started;
  }

  /** Adds their sums to the event, and writes the largest ones. */
  void fill(CgroupEvent event) {
    Map<Long, Neighbour> found = new HashMap<>();
    for (long pid : pids()) {
      Neighbour neighbour = read(pid);
      if (neighbour != null) {
        found.put(pid, neighbour);
      }
    }
    Neighbour own = found.remove(ownPid);
    event.ownAnon = own == null ? MemreportEvent.UNKNOWN : own.held;
    event.children = 0;
    event.siblings = 0;
    List<Neighbour> largest = new ArrayList<>(found.values());
    largest.sort(Comparator.comparingLong(Neighbour::held).reversed());
    for (Neighbour neighbour : largest) {
      if (isDescendant(neighbour, found)) {
        event.children += neighbour.held;
      } else {
        event.siblings += neighbour.held;
      }
    }
    for (Neighbour neighbour : largest.subList(0, Math.min(WRITTEN, largest.size()))) {
      CgroupProcessEvent process = new CgroupProcessEvent();
      process.processId = neighbour.pid;
      process.parentId = neighbour.parent;
      process.processName = neighbour.name;
      process.child = isDescendant(neighbour, found);
      process.held = neighbour.held;
      process.commit();
    }
  }

  private boolean isDescendant(Neighbour neighbour, Map<Long, Neighbour> all) {
    Neighbour at = neighbour;
    for (int depth = 0; at != null && depth < MOST; depth++) {
      if (at.parent == ownPid || started.pids().contains(at.pid)) {
        return true;
      }
      at = all.get(at.parent);
    }
    return false;
  }

  /** Those of the cgroup; where it is that of the whole machine, this process and its children. */
  private List<Long> pids() {
    List<Long> pids = new ArrayList<>();
    ProcFile file =
        cgroup.isRoot() || cgroup.folder() == null
            ? null
            : new ProcFile(cgroup.folder() + "/cgroup.procs");
    if (file != null && file.read()) {
      for (String line : file.text().split("\n", MOST + 1)) {
        if (pids.size() < MOST && !line.isBlank() && line.length() < 12) {
          pids.add(Long.valueOf(line.strip()));
        }
      }
    } else {
      pids.add(ownPid);
      ProcessHandle.current().descendants().limit(MOST).forEach(child -> pids.add(child.pid()));
      started.pids().stream().filter(pid -> !pids.contains(pid)).forEach(pids::add);
    }
    return pids;
  }

  private static Neighbour read(long pid) {
    ProcFile status = new ProcFile(ProcFile.ROOT + "/" + pid + "/status");
    if (!status.read()) {
      return null;
    }
    long anon = status.kilobytes("RssAnon:");
    // A kernel thread has no memory of its own.
    return anon == MemreportEvent.UNKNOWN
        ? null
        : new Neighbour(pid, status.number("PPid:"), status.word("Name:"), anon);
  }
}
