// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The JVM shuts down in order. */
@Name(RunEndEvent.NAME)
@Label("Run Ended")
@Description("The JVM shuts down in order.")
public final class RunEndEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.RunEnd";

  @Label("Reason")
  public String reason;
}
