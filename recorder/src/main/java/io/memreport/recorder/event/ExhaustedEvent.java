// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The JVM threw an OutOfMemoryError, which somebody may have caught. */
@Name(ExhaustedEvent.NAME)
@Label("Out of Memory")
@Description("The JVM threw an OutOfMemoryError, which somebody may have caught.")
public final class ExhaustedEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Exhausted";

  @Label("What")
  @Description("The error's message, as: Java heap space")
  public String what;

  @Label("At")
  @Description("Milliseconds since 1970")
  public long atMillis;

  @Label("Thread")
  @Description("The number of its thread in the operating system")
  public long osThreadId;

  @Label("Number")
  @Description("Errors so far; those between the first ones and the last have no event")
  public long number;
}
