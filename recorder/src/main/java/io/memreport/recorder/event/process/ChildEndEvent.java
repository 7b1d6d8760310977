// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.process;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A child process is gone, or only its exit status is left of it. */
@Name(ChildEndEvent.NAME)
@Label("Child Process Ended")
@Description("A child process is gone, or only its exit status is left of it.")
public final class ChildEndEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ChildEnd";

  @Label("Process")
  public long processId;

  @Label("Start Ticks")
  public long startTicks = UNKNOWN;

  @Label("Exit Status")
  @Description(
      "128 and the signal's number if a signal ended it; unknown unless this JVM started it")
  public long exitStatus = UNKNOWN;

  @Label("Gone")
  @Description("Milliseconds since 1970 at which a test's end had found it gone; unknown otherwise")
  public long goneMillis = UNKNOWN;
}
