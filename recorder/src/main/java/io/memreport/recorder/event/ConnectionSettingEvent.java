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

  /**
   * The {@code connectionId} of settings that hold for each connection unless it says otherwise.
   */
  public static final long COMMON = 0;

  /** A name that is no setting: which of them were read, so that the common ones hold. */
  public static final String READ = "read";

  /** The value of {@link #READ} if all settings were. */
  public static final String ALL = "all";

  /** Its value if those were not that SQLite knows only once it has read the schema. */
  public static final String WITHOUT_SCHEMA = "without schema";

  @Label("Connection")
  @Description("0: what holds for each connection that does not say otherwise")
  public long connectionId;

  @Label("Name")
  public String name;

  @Label("Value")
  public String value;
}
