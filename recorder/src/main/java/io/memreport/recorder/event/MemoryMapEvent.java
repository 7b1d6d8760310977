// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Resident bytes by owner, from the address ranges of the process; they sum to rss. */
@Name(MemoryMapEvent.NAME)
@Label("Memory Map")
@Description("Resident bytes by owner, from the address ranges of the process; they sum to rss.")
public final class MemoryMapEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.MemoryMap";

  @Label("RSS")
  @DataAmount(DataAmount.BYTES)
  public long rss = UNKNOWN;

  @Label("Java Heap")
  @DataAmount(DataAmount.BYTES)
  public long javaHeap = UNKNOWN;

  @Label("Metaspace")
  @Description("What is committed")
  @DataAmount(DataAmount.BYTES)
  public long metaspace = UNKNOWN;

  @Label("Code Cache")
  @DataAmount(DataAmount.BYTES)
  public long codeCache = UNKNOWN;

  @Label("Thread Stacks")
  @DataAmount(DataAmount.BYTES)
  public long threadStacks = UNKNOWN;

  @Label("GC")
  @DataAmount(DataAmount.BYTES)
  public long gc = UNKNOWN;

  @Label("Direct Buffers")
  @DataAmount(DataAmount.BYTES)
  public long directBuffers = UNKNOWN;

  @Label("SQLite Heap")
  @DataAmount(DataAmount.BYTES)
  public long sqliteHeap = UNKNOWN;

  @Label("Mapped Files")
  @DataAmount(DataAmount.BYTES)
  public long mappedFiles = UNKNOWN;

  @Label("Shared Memory")
  @DataAmount(DataAmount.BYTES)
  public long shared = UNKNOWN;
}
