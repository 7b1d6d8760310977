// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.model.ChildProcess;
import io.memreport.recorder.event.MemreportEvent;
import java.time.Duration;
import java.time.Instant;
import jdk.jfr.consumer.RecordedEvent;

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

  void started(RecordedEvent event) {
    Instant at = event.getStartTime();
    if (startedAt == null || at.isBefore(startedAt)) {
      startedAt = at;
      test = event.getLong("testId");
      parent = event.getLong("parentId");
      foundBy = event.getString("foundBy");
    }
    if (!at.isBefore(describedAt)) {
      describedAt = at;
      command = event.getString("command");
      folder = event.getString("folder");
    }
  }

  void memory(RecordedEvent event) {
    peakAnon = Sums.max(peakAnon, Sums.figure(event, "anon"));
    if (!event.getStartTime().isBefore(sampledAt)) {
      sampledAt = event.getStartTime();
      anon = Sums.figure(event, "anon");
      shmem = Sums.figure(event, "shmem");
    }
  }

  void ended(RecordedEvent event) {
    endedAt = event.getStartTime();
    exitStatus = Sums.figure(event, "exitStatus");
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
