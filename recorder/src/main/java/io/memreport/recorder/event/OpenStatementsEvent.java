// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Statements of one SQL text on one connection that a test opened and that are not closed now. */
@Name(OpenStatementsEvent.NAME)
@Label("Open Statements")
@Description(
    "Statements of one SQL text on one connection that a test opened and that are not closed now.")
public final class OpenStatementsEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.OpenStatements";

  @Label("Test")
  public long testId;

  @Label("SQL Id")
  public long sqlId;

  @Label("Connection")
  public long connectionId;

  @Label("Open")
  @Description("How many are open now; 0 once all are closed")
  public long open;

  @Label("Before Attach")
  @Description("They were open before the agent came: which test opened them is not known")
  public boolean beforeAttach;

  @Label("Native Held")
  @Description("Handed out less given back by these statements")
  public long nativeHeld = UNKNOWN;
}
