// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.memory;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A large process beside this one: a child of it, or another in its cgroup. */
@Name(CgroupProcessEvent.NAME)
@Label("Process in the Cgroup")
@Description("A large process beside this one: a child of it, or another in its cgroup.")
public final class CgroupProcessEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.CgroupProcess";

  @Label("Process")
  public long processId;

  @Label("Parent Process")
  public long parentId;

  @Label("Name")
  @Description("The first 15 bytes of the name of its main thread")
  public String processName;

  @Label("Child")
  @Description("This JVM started it, or one of its children did")
  public boolean child;

  @Label("Anonymous Memory")
  @DataAmount(DataAmount.BYTES)
  public long held = UNKNOWN;
}
