// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.process;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A process that this JVM started, or that one of its processes left behind. */
@Name(ChildStartEvent.NAME)
@Label("Child Process Started")
@Description("A process that this JVM started, or that one of its processes left behind.")
public final class ChildStartEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ChildStart";

  /** This JVM's {@code ProcessBuilder} started it. */
  public static final String STARTED = "started";

  /** Its environment holds the mark of a process that this JVM started. */
  public static final String MARK = "mark";

  /** Its parent is known. */
  public static final String PARENT = "parent";

  @Label("Process")
  public long processId;

  @Label("Parent Process")
  public long parentId;

  @Label("Start Ticks")
  @Description(
      "Clock ticks from the machine's start to its own: tells processes with one number apart")
  public long startTicks = UNKNOWN;

  @Label("Test")
  @Description("That it belongs to, 0 for none")
  public long testId;

  @Label("Found By")
  @Description("started, mark or parent")
  public String foundBy;

  @Label("Command")
  @Description("Program and names of options; of values those that are known to be harmless")
  public String command;

  @Label("Folder")
  @Description("Its current directory; of a PostgreSQL server that of its data")
  public String folder;
}
