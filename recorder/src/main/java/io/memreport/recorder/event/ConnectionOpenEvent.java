// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A JDBC connection of a driver was opened, or found open. */
@Name(ConnectionOpenEvent.NAME)
@Label("Connection Opened")
@Description("A JDBC connection of a driver was opened, or found open.")
public final class ConnectionOpenEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ConnectionOpen";

  @Label("Connection")
  public long connectionId;

  @Label("URL")
  @Description("Without credentials")
  public String url;

  @Label("Driver")
  @Description("Class of the connection")
  public String driver;

  @Label("Test")
  public long testId;

  @Label("Opened At")
  @Description(
      "The application's code that opened it: up to three frames, innermost first; null where many are opened and closed one after the other")
  public String openedAt;

  @Label("Before Attach")
  @Description("It was open before the agent came")
  public boolean beforeAttach;
}
