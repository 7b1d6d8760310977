// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.shared;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** A line about shared memory that a child process printed, or that an exception says. */
@Name(SharedFailureEvent.NAME)
@Label("Message on Shared Memory")
@Description(
    "A line about shared memory that a child process printed, or that an exception says. Literals"
        + " of an SQL statement in it are left out as in all SQL texts.")
public final class SharedFailureEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.SharedFailure";

  /** A child process printed it. */
  public static final String OUTPUT = "output";

  /** An exception in this JVM says it. */
  public static final String EXCEPTION = "exception";

  @Label("Source")
  @Description("output of a child process, or exception")
  public String source;

  @Label("Test")
  @Description("That it belongs to, 0 for none")
  public long testId;

  @Label("SQL Id")
  @Description("Of the query that an exception ended, 0 for none")
  public long sqlId;

  @Label("Text")
  public String text;
}
