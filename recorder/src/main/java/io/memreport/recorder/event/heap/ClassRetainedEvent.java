// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.heap;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Objects of one class by which a test made the Java heap grow. */
@Name(ClassRetainedEvent.NAME)
@Label("Retained Class")
@Description(
    "Bytes that objects of one class took more after a test than before it, by the JVM's histograms"
        + " of live objects; the largest only, with leaks=exact.")
public final class ClassRetainedEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.ClassRetained";

  @Label("Test")
  public long testId;

  @Label("Class")
  public String className;

  @Label("Bytes")
  @DataAmount(DataAmount.BYTES)
  public long bytes;
}
