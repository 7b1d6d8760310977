// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timestamp;

/** A thread has had a pool's connection for a second or more, or gave it back after that. */
@Name(BorrowedEvent.NAME)
@Label("Connection Borrowed")
@Description(
    "A thread has had a pool's connection for a second or more, or gave it back after that.")
public final class BorrowedEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Borrowed";

  @Label("Borrow")
  @Description("The same in all events about one borrowing; the last one counts")
  public long borrowId;

  @Label("Pool")
  public long poolId;

  @Label("Connection")
  @Description("The driver's connection behind the pool's wrapper")
  public long connectionId = UNKNOWN;

  @Label("Thread")
  @Description("Name of the thread that borrowed it, then")
  public String thread;

  @Label("Since")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  public long sinceMillis;

  @Label("Until")
  @Description("When it was given back or closed; unknown while it is out")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  public long untilMillis = UNKNOWN;
}
