// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.memory;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** What a native library took from malloc and holds. */
@Name(LibraryHeapEvent.NAME)
@Label("Native Heap of a Library")
@Description("What a native library took from malloc and holds.")
public final class LibraryHeapEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.LibraryHeap";

  @Label("Library")
  @Description("File name without version and random parts")
  public String library;

  @Label("SQLite")
  @Description("True for a library that contains SQLite")
  public boolean sqlite;

  @Label("Unavailable")
  @Description("Why it is not accounted, or null if it is")
  public String unavailable;

  @Label("Held")
  @DataAmount(DataAmount.BYTES)
  public long held = UNKNOWN;

  @Label("Peak")
  @DataAmount(DataAmount.BYTES)
  public long peak = UNKNOWN;

  @Label("Allocated")
  @DataAmount(DataAmount.BYTES)
  public long allocated = UNKNOWN;
}
