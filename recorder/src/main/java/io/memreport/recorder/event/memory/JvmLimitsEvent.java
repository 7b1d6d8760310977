// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.memory;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** What the JVM may use by its own options, and how it ends when that is not enough. */
@Name(JvmLimitsEvent.NAME)
@Label("JVM Limits")
@Description("What the JVM may use by its own options, and how it ends when that is not enough.")
public final class JvmLimitsEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.JvmLimits";

  @Label("Largest Java Heap")
  @DataAmount(DataAmount.BYTES)
  public long maxHeap = UNKNOWN;

  @Label("Largest Sum of Direct Buffers")
  @Description("-XX:MaxDirectMemorySize; 0 stands for as much as the Java heap")
  @DataAmount(DataAmount.BYTES)
  public long maxDirect = UNKNOWN;

  @Label("Thread Stack Size")
  @DataAmount(DataAmount.BYTES)
  public long threadStack = UNKNOWN;

  @Label("Exit on OutOfMemoryError")
  public boolean exitOnOutOfMemoryError;

  @Label("Crash on OutOfMemoryError")
  public boolean crashOnOutOfMemoryError;

  @Label("Error File")
  @Description("Where the JVM would write its error report, or null for the usual place")
  public String errorFile;

  @Label("Working Directory")
  public String workingDirectory;
}
