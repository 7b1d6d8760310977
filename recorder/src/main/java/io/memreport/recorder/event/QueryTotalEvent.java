// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/**
 * What the executions of one SQL text added on one connection in one test since the event before.
 */
@Name(QueryTotalEvent.NAME)
@Label("Query Total")
@Description(
    "What the executions of one SQL text added on one connection in one test since the event before.")
public final class QueryTotalEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.QueryTotal";

  @Label("SQL Id")
  public long sqlId;

  @Label("Test")
  public long testId;

  @Label("Connection")
  public long connectionId;

  @Label("Attribution")
  @Description("By which rule the test was found: thread, submitted, inherited, sole or none")
  public String attribution;

  @Label("Executions")
  public long executions;

  @Label("Rows")
  public long rows;

  @Label("Errors")
  public long errors;

  @Label("Timeouts")
  public long timeouts;

  @Label("Cancelled")
  public long cancelled;

  @Label("Total Time")
  @Description("From execute until the result was exhausted or closed")
  @Timespan(Timespan.NANOSECONDS)
  public long totalNanos;

  @Label("Longest Time")
  @Description("Of all executions so far")
  @Timespan(Timespan.NANOSECONDS)
  public long maxNanos;

  @Label("Full Scan Steps")
  @Description(
      "Rows that SQLite stepped over in full scans, known once a statement was slow or ended")
  public long fullScanSteps;

  @Label("Sorts")
  public long sorts;

  @Label("Automatic Index Rows")
  @Description("Rows put into indexes that SQLite made for one execution")
  public long autoIndexRows;

  @Label("VM Steps")
  @Description("Instructions of SQLite's virtual machine")
  public long vmSteps;

  @Label("Query Timeout")
  @Description("The longest that was set by setQueryTimeout; 0 for none")
  @Timespan(Timespan.SECONDS)
  public long timeoutSeconds;

  @Label("Overruns")
  @Description("Executions that took longer than their query timeout")
  public long overruns;

  @Label("Heap Allocated")
  @DataAmount(DataAmount.BYTES)
  public long heapAllocated = UNKNOWN;

  @Label("Native Allocated")
  @DataAmount(DataAmount.BYTES)
  public long nativeAllocated = UNKNOWN;

  @Label("Native Peak")
  @Description("The most that one execution held at once, of all executions so far")
  @DataAmount(DataAmount.BYTES)
  public long nativePeak = UNKNOWN;

  @Label("Native Net")
  @Description("Handed out less given back, prepare and close of statements included")
  public long nativeNet = UNKNOWN;
}
