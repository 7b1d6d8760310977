// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;

/** One JVM's life under the agent; repeated at the start of each chunk. */
@Name(RunEvent.NAME)
@Label("Run")
@Description("One JVM's life under the agent; repeated at the start of each chunk.")
@Period("beginChunk")
public final class RunEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Run";

  @Label("Run")
  @Description("Name of the run folder")
  public String runId;

  @Label("Process")
  public long pid;

  @Label("Started")
  @Description("When the agent started, in milliseconds since the epoch")
  public long startedAtMillis;

  @Label("Agent Version")
  public String agentVersion;

  @Label("Options")
  @Description("The options in force, as the agent argument that would set them")
  public String options;

  @Label("Native Heap")
  @Description("Why native heap is not accounted, or null if it is")
  public String nativeUnavailable;

  /** The role of a process that records the processes below it, and runs no tests itself. */
  public static final String SUPERVISOR = "supervisor";

  @Label("Role")
  @Description("supervisor, or null of a JVM that is watched for its own sake")
  public String role;
}
