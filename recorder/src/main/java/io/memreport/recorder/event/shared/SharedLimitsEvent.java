// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.shared;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** Limits of shared memory, and how much of them is used. */
@Name(SharedLimitsEvent.NAME)
@Label("Limits of Shared Memory")
@Description(
    "Limits of shared memory in this JVM's IPC namespace, and how much of them is used. A limit"
        + " that nothing can reach shows as the largest number.")
public final class SharedLimitsEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.SharedLimits";

  @Label("Segments")
  @Description("The most System V segments: kernel.shmmni")
  public long ids = UNKNOWN;

  @Label("Segments Used")
  public long idsUsed = UNKNOWN;

  @Label("Pages")
  @Description("The most pages of all System V segments: kernel.shmall")
  public long pages = UNKNOWN;

  @Label("Pages Used")
  public long pagesUsed = UNKNOWN;

  @Label("Page Size")
  @DataAmount(DataAmount.BYTES)
  public long pageSize = UNKNOWN;

  @Label("Segment Size")
  @Description("The largest System V segment: kernel.shmmax")
  @DataAmount(DataAmount.BYTES)
  public long segmentBytes = UNKNOWN;

  @Label("Size of /dev/shm")
  @DataAmount(DataAmount.BYTES)
  public long devShm = UNKNOWN;

  @Label("Used of /dev/shm")
  @DataAmount(DataAmount.BYTES)
  public long devShmUsed = UNKNOWN;

  @Label("Most Segments Used")
  @Description("The most that a sample has seen so far")
  public long idsPeak = UNKNOWN;

  @Label("Most Used of /dev/shm")
  @Description("The most that a sample has seen so far")
  @DataAmount(DataAmount.BYTES)
  public long devShmPeak = UNKNOWN;

  @Label("Not Seen")
  @Description(
      "System V segments that were created and removed between two samples: the numbers that the"
          + " kernel passed over, so at least as many")
  public long unseen;

  @Label("Namespace")
  @Description("The IPC namespace that the System V limits belong to")
  public String namespace;
}
