// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.memory;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Process memory by kind, and the limit that applies. */
@Name(MemorySampleEvent.NAME)
@Label("Memory Sample")
@Description("Process memory by kind, and the limit that applies.")
public final class MemorySampleEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.MemorySample";

  @Label("RSS")
  @DataAmount(DataAmount.BYTES)
  public long rss = UNKNOWN;

  @Label("RSS Anonymous")
  @DataAmount(DataAmount.BYTES)
  public long rssAnon = UNKNOWN;

  @Label("RSS File")
  @DataAmount(DataAmount.BYTES)
  public long rssFile = UNKNOWN;

  @Label("RSS Shared Memory")
  @DataAmount(DataAmount.BYTES)
  public long rssShmem = UNKNOWN;

  @Label("Swap")
  @DataAmount(DataAmount.BYTES)
  public long swap = UNKNOWN;

  @Label("Java Heap Used")
  @DataAmount(DataAmount.BYTES)
  public long heapUsed = UNKNOWN;

  @Label("Java Heap Committed")
  @DataAmount(DataAmount.BYTES)
  public long heapCommitted = UNKNOWN;

  @Label("Metaspace Committed")
  @DataAmount(DataAmount.BYTES)
  public long metaspaceCommitted = UNKNOWN;

  @Label("Code Cache Committed")
  @DataAmount(DataAmount.BYTES)
  public long codeCacheCommitted = UNKNOWN;

  @Label("Direct Buffers")
  @DataAmount(DataAmount.BYTES)
  public long directBuffers = UNKNOWN;

  @Label("Mapped Buffers")
  @DataAmount(DataAmount.BYTES)
  public long mappedBuffers = UNKNOWN;

  @Label("SQLite Heap")
  @DataAmount(DataAmount.BYTES)
  public long sqliteHeap = UNKNOWN;

  @Label("Heap of Other Libraries")
  @DataAmount(DataAmount.BYTES)
  public long otherNativeHeap = UNKNOWN;

  @Label("RSS When Mapped")
  @Description("Resident memory when the address ranges were last read, which the next ones split")
  @DataAmount(DataAmount.BYTES)
  public long mappedRss = UNKNOWN;

  @Label("PSS When Mapped")
  @Description("Likewise, each page divided by how many processes map it")
  @DataAmount(DataAmount.BYTES)
  public long mappedPss = UNKNOWN;

  @Label("Java Heap Resident")
  @DataAmount(DataAmount.BYTES)
  public long heapResident = UNKNOWN;

  @Label("Code Resident")
  @DataAmount(DataAmount.BYTES)
  public long codeResident = UNKNOWN;

  @Label("Thread Stacks Resident")
  @DataAmount(DataAmount.BYTES)
  public long stacksResident = UNKNOWN;

  @Label("Mapped Files Resident")
  @DataAmount(DataAmount.BYTES)
  public long filesResident = UNKNOWN;

  @Label("Shared Memory Resident")
  @DataAmount(DataAmount.BYTES)
  public long sharedResident = UNKNOWN;

  @Label("Malloc Arenas Resident")
  @Description("The arenas of the C library, which SQLite and the JVM's own C++ code share")
  @DataAmount(DataAmount.BYTES)
  public long arenasResident = UNKNOWN;

  @Label("GC Committed")
  @Description("The collector's own tables, as native memory tracking counts them, if it is on")
  @DataAmount(DataAmount.BYTES)
  public long gcCommitted = UNKNOWN;

  @Label("Cgroup Shared Memory")
  @Description("tmpfs and shared memory in the cgroup, when last asked")
  @DataAmount(DataAmount.BYTES)
  public long cgroupShmem = UNKNOWN;

  @Label("Child Processes")
  @Description("Anonymous memory of what this JVM started, when last asked")
  @DataAmount(DataAmount.BYTES)
  public long children = UNKNOWN;

  @Label("Other Processes")
  @Description("Anonymous memory of the rest of the cgroup, when last asked")
  @DataAmount(DataAmount.BYTES)
  public long siblings = UNKNOWN;

  @Label("Threads")
  public int threads;

  @Label("Cgroup Usage")
  @DataAmount(DataAmount.BYTES)
  public long cgroupUsage = UNKNOWN;

  @Label("Limit")
  @Description(
      "The lowest memory limit of the cgroup and its ancestors, or unknown if there is none")
  @DataAmount(DataAmount.BYTES)
  public long limit = UNKNOWN;

  @Label("Machine Available")
  @DataAmount(DataAmount.BYTES)
  public long machineAvailable = UNKNOWN;
}
