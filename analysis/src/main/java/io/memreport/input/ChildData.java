// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.Sums;
import io.memreport.model.shared.ChildProcess;
import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.event.process.ChildEndEvent;
import io.memreport.recorder.event.process.ChildMemoryEvent;
import io.memreport.recorder.event.process.ChildStartEvent;
import java.time.Duration;
import java.time.Instant;

/** What the events of one child process say. */
final class ChildData {
  /** Its end is noticed up to a fifth of a second late, and so may be that of its test. */
  private static final Duration OUTLIVED = Duration.ofMillis(500);

  final long pid;
  long test;
  Instant endedAt;
  private final long startTicks;
  private Instant startedAt;
  private Instant describedAt = Instant.MIN;
  private Instant sampledAt = Instant.MIN;
  private long parent;
  private String foundBy;
  private String command;
  private String folder;
  private Long exitStatus;
  private Long peakAnon;
  private Long anon;
  private Long shmem;

  ChildData(long pid, long startTicks) {
    this.pid = pid;
    this.startTicks = startTicks;
  }

  void started(ChildStartEvent event, Instant at) {
    if (startedAt == null || at.isBefore(startedAt)) {
      startedAt = at;
      test = event.testId;
      parent = event.parentId;
      foundBy = event.foundBy;
    }
    if (!at.isBefore(describedAt)) {
      describedAt = at;
      command = event.command;
      folder = event.folder;
    }
  }

  void memory(ChildMemoryEvent event, Instant at) {
    peakAnon = Sums.max(peakAnon, Sums.known(event.anon));
    if (!at.isBefore(sampledAt)) {
      sampledAt = at;
      anon = Sums.known(event.anon);
      shmem = Sums.known(event.shmem);
    }
  }

  void ended(ChildEndEvent event, Instant at) {
    // A test's end may have found it gone before a sample did.
    Long gone = Sums.known(event.goneMillis);
    boolean earlier = gone != null && gone < at.toEpochMilli() && gone > 0;
    endedAt = earlier ? Instant.ofEpochMilli(gone) : at;
    exitStatus = Sums.known(event.exitStatus);
  }

  /** The black box says so; the event with its status was never flushed. */
  void endedAt(Instant at) {
    if (endedAt == null) {
      endedAt = at;
    }
  }

  boolean isKnown() {
    return startedAt != null;
  }

  /**
   * All that is known of it.
   *
   * @param owner its test, or null
   */
  ChildProcess process(RunData data, String testId, TestData owner) {
    String runId = data.input.id();
    return new ChildProcess(
        startTicks == MemreportEvent.UNKNOWN ? "p" + pid : "p" + pid + "-" + startTicks,
        runId,
        testId,
        pid,
        parent,
        foundBy,
        command,
        folder,
        startedAt,
        endedAt,
        exitStatus,
        peakAnon,
        anon,
        shmem,
        outlived(owner, endedAt == null ? data.lastEventAt : endedAt, data.isOrderly()));
  }

  private Long outlived(TestData owner, Instant until, boolean orderly) {
    if (owner == null || owner.startedAt == null || owner.durationNanos == null || until == null) {
      return null;
    }
    Duration after = Duration.between(owner.endedBy(), until);
    // Its last look at processes is as old in a run that broke off.
    boolean alive = endedAt == null && orderly && !after.isNegative();
    return alive || after.compareTo(OUTLIVED) > 0 ? Long.valueOf(after.toMillis()) : null;
  }
}
