// SPDX-License-Identifier: Apache-2.0
package io.memreport.input;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the events say of one test; a test that was running at the end has a start only. */
final class TestData {
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
  Long nativeAllocated;
  Long nativePeak;
  Long nativeNet;
  String unknownBecause;
  boolean ended;

  /** It ended after the last flush of the recording: only the black box says so. */
  boolean overInBox;

  final List<OldObject> oldObjects = new ArrayList<>();

  TestData(long id) {
    this.id = id;
  }

  boolean ranAt(Instant instant) {
    return startedAt != null
        && !instant.isBefore(startedAt)
        && (durationNanos == null || !instant.isAfter(startedAt.plusNanos(durationNanos)));
  }
}
