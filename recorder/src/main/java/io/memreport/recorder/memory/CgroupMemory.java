// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.memory.CgroupEvent;
import io.memreport.recorder.proc.ProcFile;

/** Reads what a memory cgroup is used for: {@code memory.stat} and its neighbours, v1 and v2. */
final class CgroupMemory {
  private final Cgroup cgroup;
  private final boolean v2;
  private final ProcFile stat;
  private final ProcFile events;
  private final ProcFile peak;
  private final ProcFile swap;

  CgroupMemory(Cgroup cgroup) {
    this.cgroup = cgroup;
    v2 = "v2".equals(cgroup.version());
    stat = file("memory.stat");
    events = file(v2 ? "memory.events" : "memory.oom_control");
    peak = file(v2 ? "memory.peak" : "memory.max_usage_in_bytes");
    swap = v2 ? file("memory.swap.current") : null;
  }

  private ProcFile file(String name) {
    return cgroup.folder() == null ? null : new ProcFile(cgroup.folder() + "/" + name);
  }

  /** False where there is no memory cgroup. */
  boolean fill(CgroupEvent event) {
    event.usage = cgroup.usage();
    event.limit = cgroup.limit();
    if (stat == null || !stat.read()) {
      return false;
    }
    if (v2) {
      event.anon = stat.number("anon ");
      event.shmem = stat.number("shmem ");
      event.file = less(stat.number("file "), event.shmem);
      event.kernel = stat.number("kernel ");
      event.swap = swap.read() ? swap.singleNumber() : CgroupEvent.UNKNOWN;
    } else {
      event.anon = stat.number("total_rss ");
      event.shmem = stat.number("total_shmem ");
      event.file = less(stat.number("total_cache "), event.shmem);
      event.swap = stat.number("total_swap ");
      ProcFile kernel = file("memory.kmem.usage_in_bytes");
      event.kernel = kernel.read() ? kernel.singleNumber() : CgroupEvent.UNKNOWN;
    }
    if (events.read()) {
      event.oomKills = events.number("oom_kill ");
      event.limitReached = v2 ? events.number("max ") : CgroupEvent.UNKNOWN;
      event.throttled = v2 ? events.number("high ") : CgroupEvent.UNKNOWN;
    }
    if (!v2) {
      ProcFile failures = file("memory.failcnt");
      event.limitReached = failures.read() ? failures.singleNumber() : CgroupEvent.UNKNOWN;
    }
    event.peak = peak.read() ? peak.singleNumber() : CgroupEvent.UNKNOWN;
    return true;
  }

  /** How many processes of it the kernel has killed for memory, or unknown. */
  long kills() {
    return events != null && events.read() ? events.number("oom_kill ") : CgroupEvent.UNKNOWN;
  }

  private static long less(long whole, long part) {
    return whole == CgroupEvent.UNKNOWN || part == CgroupEvent.UNKNOWN ? whole : whole - part;
  }
}
