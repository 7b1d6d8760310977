// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** What a connection holds; written when it changed and when it closed. */
@Name(ConnectionStateEvent.NAME)
@Label("Connection State")
@Description("What a connection holds; written when it changed and when it closed.")
public final class ConnectionStateEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ConnectionState";

  @Label("Connection")
  public long connectionId;

  @Label("Native Held")
  @Description("SQLite heap held by this connection and its statements")
  @DataAmount(DataAmount.BYTES)
  public long nativeHeld = UNKNOWN;

  @Label("Open Statements")
  public long openStatements;

  @Label("Closed")
  public boolean closed;
}
