// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.memory;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/**
 * Pressure stall information on memory, as the kernel averages it:
 * Documentation/accounting/psi.rst. Shares are hundredths of a percent.
 */
@Name(PressureEvent.NAME)
@Label("Memory Pressure")
@Description("How much of the time tasks stalled on memory, in hundredths of a percent.")
public final class PressureEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Pressure";

  @Label("System, Some, 10 s")
  @Description("Share of time in which at least one task stalled")
  public long systemSome = UNKNOWN;

  @Label("System, Full, 10 s")
  @Description("Share of time in which all tasks stalled")
  public long systemFull = UNKNOWN;

  @Label("System, Full, Total")
  @Description("In microseconds")
  public long systemFullTotal = UNKNOWN;

  @Label("Cgroup, Some, 10 s")
  public long cgroupSome = UNKNOWN;

  @Label("Cgroup, Full, 10 s")
  public long cgroupFull = UNKNOWN;

  @Label("Cgroup, Full, Total")
  @Description("In microseconds")
  public long cgroupFullTotal = UNKNOWN;
}
