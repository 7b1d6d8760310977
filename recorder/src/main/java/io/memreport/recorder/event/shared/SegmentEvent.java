// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.event.shared;

import io.memreport.recorder.event.MemreportEvent;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** A segment of shared memory was seen for the first time, has changed, or is gone. */
@Name(SegmentEvent.NAME)
@Label("Shared-Memory Segment")
@Description("A segment of shared memory was seen for the first time, has changed, or is gone.")
public final class SegmentEvent extends MemreportEvent {
  /** The event's name in a recording. */
  public static final String NAME = "memreport.Segment";

  /** {@link #kind} of a System V segment: shmget(2). */
  public static final String SYSV = "sysv";

  /** Of a file in {@code /dev/shm}: shm_overview(7). */
  public static final String POSIX = "posix";

  /** Of the index of an SQLite write-ahead log, a file that ends in {@code -shm}. */
  public static final String WAL_INDEX = "wal-index";

  /** Of memory that a process shares with those that it forks. */
  public static final String ANONYMOUS = "anonymous";

  @Label("Kind")
  @Description("sysv, posix, wal-index or anonymous")
  public String kind;

  @Label("Id")
  @Description(
      "The number of a System V segment, the path of a file, the inode of anonymous memory")
  public String id;

  @Label("Size")
  @DataAmount(DataAmount.BYTES)
  public long bytes = UNKNOWN;

  @Label("Resident")
  @DataAmount(DataAmount.BYTES)
  public long resident = UNKNOWN;

  @Label("Key")
  @Description("Of a System V segment what shmget was called with, in hexadecimal digits")
  public String key;

  @Label("Creator")
  @Description("The process that created it; for what only maps tell the first that had it mapped")
  public long creatorPid = UNKNOWN;

  @Label("Last User")
  @Description("The process that attached or detached last")
  public long lastPid = UNKNOWN;

  @Label("Attached")
  @Description("How many attachments or known maps there are")
  public long attached = UNKNOWN;

  @Label("Owner")
  @Description("User id")
  public long uid = UNKNOWN;

  @Label("Test")
  @Description("That its creator belongs to, 0 for none")
  public long testId;

  @Label("Creator Runs")
  @Description("The creator is alive: neither gone nor a zombie, nor is its number another's")
  public boolean creatorRuns;

  @Label("Last User Runs")
  public boolean lastRuns;

  @Label("Gone")
  public boolean gone;

  @Label("Before the Run")
  @Description("It was there when recording began")
  public boolean earlier;

  @Label("Changed")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  @Description("When it was created, or its owner changed; 0 if that is not known")
  public long changedAt;

  @Label("Idle")
  @Description("Since the last process detached, 0 while one is attached")
  @Timespan(Timespan.MILLISECONDS)
  public long idleMillis;

  @Label("Not Seen")
  @Description("Of one that is gone: since it was last seen, and within this time it went")
  @Timespan(Timespan.MILLISECONDS)
  public long unseenMillis;
}
