// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import io.memreport.input.jfr.OldObject;
import io.memreport.recorder.event.BoundaryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the events say of one test; a test that was running at the end has a start only. */
final class TestData {
  /** A large array takes up to twice its size, as G1 gives it whole regions. */
  private static final double MOSTLY_SOFT = 0.45;

  final long id;
  long parent;
  String kind;
  String uniqueId;
  String className;
  String methodName;
  String displayName;
  String status;
  String failure;
  Instant startedAt;
  Long durationNanos;
  Integer threads;
  long thread;
  Long heapAllocated;
  Long heapRetained;

  /** Bytes of that which only soft references may hold. */
  Long heapSoft;

  Long filesLeft;
  BoundaryEvent atStart;
  BoundaryEvent atEnd;
  Long nativeAllocated;
  Long nativePeak;
  Long nativeNet;
  String unknownBecause;
  boolean ended;

  /** It ended, though the recording does not say so: its event was lost, or never flushed. */
  boolean over;

  /** The latest time at which one that is over can have ended; null if nothing tells. */
  Instant overBy;

  final List<OldObject> oldObjects = new ArrayList<>();

  TestData(long id) {
    this.id = id;
  }

  /** When it ended, at the latest; null if it ran at the end, or nothing tells. */
  Instant endedBy() {
    return startedAt == null || durationNanos == null ? overBy : startedAt.plusNanos(durationNanos);
  }

  /** Whether what it left is what a JVM clears before it runs out of memory. */
  boolean isSoft() {
    return heapRetained != null && heapSoft != null && heapSoft >= heapRetained * MOSTLY_SOFT;
  }

  boolean ranAt(Instant instant) {
    Instant end = endedBy();
    return startedAt != null
        && !instant.isBefore(startedAt)
        && (end == null || !instant.isAfter(end));
  }
}
