// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.process;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** What a child process holds. */
@Name(ChildMemoryEvent.NAME)
@Label("Child Process Memory")
@Description("Resident memory of a child process by kind, see proc(5).")
public final class ChildMemoryEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ChildMemory";

  @Label("Process")
  public long processId;

  @Label("Start Ticks")
  public long startTicks = UNKNOWN;

  @Label("Parent Process")
  @Description("1 or that of a service manager once its own parent is gone")
  public long parentId;

  @Label("Anonymous Memory")
  @DataAmount(DataAmount.BYTES)
  public long anon = UNKNOWN;

  @Label("Memory of Files")
  @DataAmount(DataAmount.BYTES)
  public long file = UNKNOWN;

  @Label("Shared Memory")
  @Description("Pages of tmpfs, of System V segments and of shared anonymous maps that it touched")
  @DataAmount(DataAmount.BYTES)
  public long shmem = UNKNOWN;
}
