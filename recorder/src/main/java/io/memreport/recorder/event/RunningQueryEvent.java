// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** A call that executes SQL and has not come back for a second or more; each second anew. */
@Name(RunningQueryEvent.NAME)
@Label("Running Query")
@Description(
    "A call that executes SQL and has not come back for a second or more; each second anew.")
public final class RunningQueryEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.RunningQuery";

  @Label("SQL Id")
  public long sqlId;

  @Label("Test")
  public long testId;

  @Label("Connection")
  public long connectionId;

  @Label("Thread")
  public String threadName;

  @Label("Running")
  @Timespan(Timespan.MILLISECONDS)
  public long runningMillis;

  @Label("Interrupted")
  @Description("Its thread was interrupted meanwhile, which SQLite does not notice")
  public boolean interrupted;
}
