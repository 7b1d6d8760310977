// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The JVM shuts down in order, or its recording ends before it. */
@Name(RunEndEvent.NAME)
@Label("Run Ended")
@Description("The JVM shuts down in order, or its recording ends before it.")
public final class RunEndEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.RunEnd";

  /** The reason if the JVM shuts down. */
  public static final String SHUTDOWN = "shutdown";

  /** The reason if the agent was told to leave a JVM that goes on. */
  public static final String DETACHED = "detached";

  /** The reason if the recording ends before the JVM does, for want of space. */
  public static final String DISK_FULL = "disk-full";

  @Label("Reason")
  public String reason;

  @Label("Signal")
  @Description("The signal that asked the JVM to end, as SIGTERM; null if none did")
  public String signal;
}
