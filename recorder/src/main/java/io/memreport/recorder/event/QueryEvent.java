// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** One execution past a threshold, from execute until its result was exhausted or closed. */
@Name(QueryEvent.NAME)
@Label("Query")
@Description(
    "One execution past a threshold, from execute until its result was exhausted or closed.")
public final class QueryEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Query";

  @Label("SQL Id")
  public long sqlId;

  @Label("Test")
  public long testId;

  @Label("Connection")
  public long connectionId;

  @Label("Outcome")
  @Description("ok, error, cancelled or timeout")
  public String outcome;

  @Label("Attribution")
  @Description("By which rule the test was found: thread, submitted, inherited, sole or none")
  public String attribution;

  @Label("Time")
  @Description("From execute until the result was exhausted or closed; the event is written then")
  @Timespan(Timespan.NANOSECONDS)
  public long nanos;

  @Label("Rows")
  public long rows;

  @Label("Heap Allocated")
  @Description("Java heap allocated inside the calls that execute it")
  @DataAmount(DataAmount.BYTES)
  public long heapAllocated = UNKNOWN;

  @Label("Native Allocated")
  @DataAmount(DataAmount.BYTES)
  public long nativeAllocated = UNKNOWN;

  @Label("Native Peak")
  @DataAmount(DataAmount.BYTES)
  public long nativePeak = UNKNOWN;

  @Label("Native Net")
  @Description("SQLite heap handed out less given back, between its first and its last call")
  public long nativeNet = UNKNOWN;
}
