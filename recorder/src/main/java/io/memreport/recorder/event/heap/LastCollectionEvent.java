// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.heap;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The full collection at the end of a run of tests. */
@Name(LastCollectionEvent.NAME)
@Label("Last Collection")
@Description(
    "The full collection when an engine is through with its tests, and at the end of a run, which"
        + " tells what they left from garbage.")
public final class LastCollectionEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.LastCollection";

  @Label("Took")
  @Description("Milliseconds")
  public long tookMillis;

  @Label("Held Softly")
  @Description("Bytes of arrays and strings that soft references refer to, which the JVM may clear")
  @DataAmount(DataAmount.BYTES)
  public long softBytes = UNKNOWN;

  @Label("Buffers of the JDK")
  @Description("Bytes of direct buffers that threads keep for the JDK's channels")
  @DataAmount(DataAmount.BYTES)
  public long buffersOfJdk = UNKNOWN;

  @Label("Counted Buffers of the JDK")
  @Description(
      "Those of them that the JVM counts among its direct buffers: all, but none from JDK 24 on")
  @DataAmount(DataAmount.BYTES)
  public long countedBuffersOfJdk = UNKNOWN;

  @Label("Files Left")
  @Description(
      "Files, sockets and pipes that are open now, less those that were when the first test began;"
          + " without jars")
  public long filesLeft = UNKNOWN;

  @Label("Jars Opened")
  @Description("Jars that are open now, less those that were when the first test began")
  public long jarsOpened = UNKNOWN;
}
