// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.heap;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Java heap that one of several small tests left, known once all of them were collected. */
@Name(SharedCollectionEvent.NAME)
@Label("Shared Collection")
@Description(
    "Java heap retained by a test that allocated too little for a full collection of its own; what"
        + " grew between the collections around several of them is shared out by allocation.")
public final class SharedCollectionEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.SharedCollection";

  @Label("Test")
  public long testId;

  @Label("Heap Retained")
  @Description("Its share of the growth; 0 if the heap shrank")
  public long heapRetained;

  @Label("At Most")
  @Description("What all threads allocated while it ran: it can have left no more")
  @DataAmount(DataAmount.BYTES)
  public long atMost;
}
