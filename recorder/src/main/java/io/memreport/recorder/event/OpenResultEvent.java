// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/** Results of one SQL text that are open and that nobody reads on, or that no longer are. */
@Name(OpenResultEvent.NAME)
@Label("Open Result")
@Description(
    "Results of one SQL text that are open and that nobody reads on, or that no longer are.")
public final class OpenResultEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.OpenResult";

  @Label("Connection")
  public long connectionId;

  @Label("SQL Id")
  public long sqlId;

  @Label("Open")
  @Description("How many of them: SQLite calls their statements busy; 0 once they are gone")
  public long open;

  @Label("Idle")
  @Description("Since the one that waits longest took its last step")
  @Timespan(Timespan.MILLISECONDS)
  public long idleMillis;

  @Label("Statement Memory")
  @Description("Of these statements, without what they sort: SQLITE_STMTSTATUS_MEMUSED")
  @DataAmount(DataAmount.BYTES)
  public long statementBytes = UNKNOWN;
}
