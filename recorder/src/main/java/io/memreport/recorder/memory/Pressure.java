// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.memory.PressureEvent;
import io.memreport.recorder.proc.ProcFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads pressure stall information on memory; cgroup v1 has none of its own. */
final class Pressure {
  private static final Pattern LINE =
      Pattern.compile("(some|full) avg10=(\\d{1,3})\\.(\\d\\d) [^\\n]*total=(\\d{1,18})");

  private final ProcFile system = new ProcFile(ProcFile.ROOT + "/pressure/memory");
  private final ProcFile cgroup;

  Pressure(Cgroup cgroup) {
    boolean own = "v2".equals(cgroup.version()) && cgroup.folder() != null;
    this.cgroup = own ? new ProcFile(cgroup.folder() + "/memory.pressure") : null;
  }

  /** Shares in hundredths of a percent, total in µs; each may be unknown. */
  record Stalls(long some, long full, long fullTotal) {
    static Stalls parse(String text) {
      long some = MemreportEvent.UNKNOWN;
      long full = MemreportEvent.UNKNOWN;
      long total = MemreportEvent.UNKNOWN;
      for (Matcher found = LINE.matcher(text); found.find(); ) {
        long share = 100 * Long.parseLong(found.group(2)) + Long.parseLong(found.group(3));
        if (found.group(1).equals("some")) {
          some = share;
        } else {
          full = share;
          total = Long.parseLong(found.group(4));
        }
      }
      return new Stalls(some, full, total);
    }
  }

  void write() {
    PressureEvent event = new PressureEvent();
    if (!system.read()) {
      return;
    }
    Stalls machine = Stalls.parse(system.text());
    event.systemSome = machine.some();
    event.systemFull = machine.full();
    event.systemFullTotal = machine.fullTotal();
    if (cgroup != null && cgroup.read()) {
      Stalls own = Stalls.parse(cgroup.text());
      event.cgroupSome = own.some();
      event.cgroupFull = own.full();
      event.cgroupFullTotal = own.fullTotal();
    }
    event.commit();
  }
}
