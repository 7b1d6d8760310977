// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A PRAGMA was set on a connection, by its URL, its driver or a statement. */
@Name(ConnectionSettingEvent.NAME)
@Label("Connection Setting")
@Description("A PRAGMA was set on a connection, by its URL, its driver or a statement.")
public final class ConnectionSettingEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ConnectionSetting";

  @Label("Connection")
  public long connectionId;

  @Label("Name")
  public String name;

  @Label("Value")
  public String value;
}
