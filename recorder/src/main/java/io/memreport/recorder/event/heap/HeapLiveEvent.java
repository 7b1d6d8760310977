// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.heap;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Objects of one class that one test allocated in one place and that no collection has freed. */
@Name(HeapLiveEvent.NAME)
@Label("Live Java Heap")
@Description(
    "Objects of one class that one test allocated in one place and that no collection has freed,"
        + " estimated from samples; a snapshot has the largest, or one event of no bytes.")
public final class HeapLiveEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.HeapLive";

  @Label("Snapshot")
  @Description("The number of the snapshot: a later one replaces all before it")
  public long snapshot;

  @Label("Exhausted")
  @Description("The snapshot was taken because an OutOfMemoryError had just been thrown")
  public boolean exhausted;

  @Label("Test")
  public long testId;

  @Label("Site")
  @Description(
      "The library's frame that allocated or an empty line, then frames of the application, a line"
          + " each")
  public String site;

  @Label("Class")
  public String className;

  @Label("Bytes")
  @DataAmount(DataAmount.BYTES)
  public long bytes;

  @Label("Deviation")
  @Description("Standard deviation of the estimate")
  @DataAmount(DataAmount.BYTES)
  public long deviation;

  @Label("Samples")
  public long samples;

  @Label("Survivors")
  @Description("Samples that survived a collection of any kind")
  public long survivors;

  @Label("Proven")
  @Description("Samples that survived a full collection")
  public long proven;

  @Label("Interval")
  @Description("Mean bytes between two samples")
  @DataAmount(DataAmount.BYTES)
  public long interval;
}
