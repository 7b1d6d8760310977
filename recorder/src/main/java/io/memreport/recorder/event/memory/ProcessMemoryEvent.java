// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.memory;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** How the kernel and the C library divide this process's memory; now and then and at the end. */
@Name(ProcessMemoryEvent.NAME)
@Label("Process Memory")
@Description(
    "How the kernel and the C library divide this process's memory; now and then and at the end.")
public final class ProcessMemoryEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ProcessMemory";

  @Label("Anonymous")
  @Description("RssAnon: resident pages that are no file's")
  @DataAmount(DataAmount.BYTES)
  public long rssAnon = UNKNOWN;

  @Label("Files")
  @Description("RssFile: resident pages of files, once for each mapping")
  @DataAmount(DataAmount.BYTES)
  public long rssFile = UNKNOWN;

  @Label("Shared Memory")
  @Description("RssShmem")
  @DataAmount(DataAmount.BYTES)
  public long rssShmem = UNKNOWN;

  @Label("PSS")
  @Description("Resident pages, each divided by how often it is mapped: /proc/self/smaps_rollup")
  @DataAmount(DataAmount.BYTES)
  public long pss = UNKNOWN;

  @Label("PSS Anonymous")
  @DataAmount(DataAmount.BYTES)
  public long pssAnon = UNKNOWN;

  @Label("PSS Files")
  @DataAmount(DataAmount.BYTES)
  public long pssFile = UNKNOWN;

  @Label("PSS Shared Memory")
  @DataAmount(DataAmount.BYTES)
  public long pssShmem = UNKNOWN;

  @Label("Arenas")
  @Description("What glibc's malloc took from the system for its arenas: mallinfo2(3)")
  @DataAmount(DataAmount.BYTES)
  public long arenas = UNKNOWN;

  @Label("Free in Arenas")
  @Description("Of that, what this process has freed and malloc keeps")
  @DataAmount(DataAmount.BYTES)
  public long arenasFree = UNKNOWN;

  @Label("Arenas Resident")
  @Description("Resident pages of the arenas, by address range")
  @DataAmount(DataAmount.BYTES)
  public long arenasResident = UNKNOWN;

  @Label("Mapped by malloc")
  @Description("Blocks so large that each is a mapping of its own")
  @DataAmount(DataAmount.BYTES)
  public long mallocMapped = UNKNOWN;

  @Label("C Library")
  @Description("glibc or musl")
  public String cLibrary;
}
