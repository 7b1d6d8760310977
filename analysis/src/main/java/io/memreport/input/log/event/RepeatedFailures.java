// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One failure may stand in the server's log, in an exception and in what a build tool repeats. */
public final class RepeatedFailures {
  private static final double SAME_SECONDS = 5;
  private static final long SAME_LINES = 200;

  private RepeatedFailures() {}

  /** Leaves one event of each failure, the first one, with what the others add. */
  public static void merge(EventLog events) {
    List<EventBuilder> kept = new ArrayList<>();
    List<EventBuilder> repeated = new ArrayList<>();
    for (EventBuilder event : events.all()) {
      if (event.sharedMemory == null) {
        continue;
      }
      EventBuilder first =
          kept.stream().filter(known -> isSame(known, event)).findFirst().orElse(null);
      if (first == null) {
        kept.add(event);
      } else {
        adopt(first, event);
        repeated.add(event);
      }
    }
    repeated.forEach(events::remove);
  }

  private static boolean isSame(EventBuilder one, EventBuilder other) {
    SharedMemoryDraft first = one.sharedMemory;
    SharedMemoryDraft second = other.sharedMemory;
    if (one.kind != other.kind
        || !Objects.equals(first.program, second.program)
        || !Objects.equals(first.call, second.call)
        || !Objects.equals(first.errno, second.errno)
        || differ(first.key, second.key)
        || differ(first.id, second.id)
        || differ(first.sizeBytes, second.sizeBytes)
        || !first.isOfBrowser() && differ(first.segmentName, second.segmentName)
        || differ(first.statement, second.statement)) {
      return false;
    }
    if (first.isOfPostgres() && first.segmentName != null && second.segmentName != null) {
      // The number in the name is drawn by lot: a parallel worker and its leader share it.
      return true;
    }
    if (differ(first.backendPid, second.backendPid)) {
      return false;
    }
    if (first.backendPid != null && second.backendPid != null) {
      return first.stamp != null && second.stamp != null
          ? first.stamp.equals(second.stamp)
          : isNear(one, other);
    }
    return !first.earlySignature && !second.earlySignature && isNear(one, other);
  }

  private static boolean isNear(EventBuilder one, EventBuilder other) {
    Double seconds = one.secondsFrom(other.at);
    if (seconds != null) {
      return seconds <= SAME_SECONDS;
    }
    return Objects.equals(one.source(), other.source())
        && other.lastLine() - one.lastLine() <= SAME_LINES;
  }

  private static boolean differ(Object one, Object other) {
    return one != null && other != null && !one.equals(other);
  }

  private static void adopt(EventBuilder kept, EventBuilder other) {
    SharedMemoryDraft to = kept.sharedMemory;
    SharedMemoryDraft from = other.sharedMemory;
    if (to.backendPid == null && from.backendPid == null) {
      kept.note(
          "Such lines stand here more than once: the same failure told again, or several that the"
              + " text can't tell apart.");
    }
    to.key = to.key == null ? from.key : to.key;
    to.id = to.id == null ? from.id : to.id;
    to.sizeBytes = to.sizeBytes == null ? from.sizeBytes : to.sizeBytes;
    to.segmentName = to.segmentName == null ? from.segmentName : to.segmentName;
    to.statement = to.statement == null ? from.statement : to.statement;
    to.stamp = to.stamp == null ? from.stamp : to.stamp;
    to.backendPid = to.backendPid == null ? from.backendPid : to.backendPid;
    to.os = to.os == null ? from.os : to.os;
    to.resource = to.resource == null || to.os == null ? from.resource : to.resource;
    to.earlySignature |= from.earlySignature;
  }
}
