// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.memory;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** What the memory of the process's cgroup is used for, and who else is in it. */
@Name(CgroupEvent.NAME)
@Label("Cgroup Memory")
@Description("What the memory of the process's cgroup is used for, and who else is in it.")
public final class CgroupEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Cgroup";

  @Label("Usage")
  @DataAmount(DataAmount.BYTES)
  public long usage = UNKNOWN;

  @Label("Limit")
  @Description("The lowest memory limit up the tree")
  @DataAmount(DataAmount.BYTES)
  public long limit = UNKNOWN;

  @Label("Anonymous")
  @Description("Of all processes in it")
  @DataAmount(DataAmount.BYTES)
  public long anon = UNKNOWN;

  @Label("Files")
  @Description("Page cache without shared memory")
  @DataAmount(DataAmount.BYTES)
  public long file = UNKNOWN;

  @Label("Shared Memory")
  @Description("tmpfs, System V segments and shared anonymous maps")
  @DataAmount(DataAmount.BYTES)
  public long shmem = UNKNOWN;

  @Label("Kernel")
  @Description("Stacks, page tables, slabs and the like")
  @DataAmount(DataAmount.BYTES)
  public long kernel = UNKNOWN;

  @Label("Swap")
  @DataAmount(DataAmount.BYTES)
  public long swap = UNKNOWN;

  @Label("Peak")
  @Description("The most it ever used, where the kernel tells")
  @DataAmount(DataAmount.BYTES)
  public long peak = UNKNOWN;

  @Label("Kills")
  @Description("How many of its processes the kernel has killed for memory")
  public long oomKills = UNKNOWN;

  @Label("Limit Reached")
  @Description("How often the limit was reached")
  public long limitReached = UNKNOWN;

  @Label("Throttled")
  @Description("How often memory.high slowed it down; cgroup v2 only")
  public long throttled = UNKNOWN;

  @Label("This Process")
  @Description("Anonymous memory of this JVM")
  @DataAmount(DataAmount.BYTES)
  public long ownAnon = UNKNOWN;

  @Label("Child Processes")
  @Description("The same of those that this JVM started, and theirs")
  @DataAmount(DataAmount.BYTES)
  public long children = UNKNOWN;

  @Label("Other Processes")
  @Description("The same of others in the cgroup")
  @DataAmount(DataAmount.BYTES)
  public long siblings = UNKNOWN;
}
