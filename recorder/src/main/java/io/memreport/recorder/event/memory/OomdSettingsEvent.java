// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.memory;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** When systemd-oomd would kill on this machine, where it is installed. */
@Name(OomdSettingsEvent.NAME)
@Label("systemd-oomd Settings")
@Description("When systemd-oomd would kill on this machine, where it is installed.")
public final class OomdSettingsEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.OomdSettings";

  @Label("Pressure Limit")
  @Description("In hundredths of a percent of full avg10")
  public long pressureLimit = UNKNOWN;

  @Label("Pressure Duration")
  @Description("In seconds")
  public long pressureSeconds = UNKNOWN;

  @Label("Swap Used Limit")
  @Description("In hundredths of a percent")
  public long swapUsedLimit = UNKNOWN;

  @Label("Source")
  @Description("The files that set them; what no file sets is systemd's default")
  public String source;
}
