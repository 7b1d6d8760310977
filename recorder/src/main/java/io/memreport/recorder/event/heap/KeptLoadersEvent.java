// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.heap;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Class loaders that a test made and that lived after the last full collection. */
@Name(KeptLoadersEvent.NAME)
@Label("Kept Loaders")
@Description(
    "Class loaders that a test made, each with the same class, and that live after the last full"
        + " collection.")
public final class KeptLoadersEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.KeptLoaders";

  @Label("Test")
  public long testId;

  @Label("Loader")
  @Description("Their class")
  public String loader;

  @Label("Class")
  @Description("The first class of each, without numbers in its name; null if it was not told")
  public String className;

  @Label("Count")
  public long count;
}
