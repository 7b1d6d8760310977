// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.heap.DiagnosticCommand;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that the JVM reserved for the Java heap.
 *
 * @param from first address
 * @param to first address behind it
 */
record HeapRange(long from, long to) {
  /** {@code [low, high)} and, for a generation, {@code [low, committed, reserved)}. */
  private static final Pattern ADDRESSES =
      Pattern.compile("\\[0x([0-9a-f]{1,16}), 0x([0-9a-f]{1,16})(?:, 0x([0-9a-f]{1,16}))?\\)");

  /**
   * Asks the JVM, as {@code jcmd GC.heap_info} does; null where its collector tells no addresses.
   */
  static HeapRange ofThisJvm() {
    String info = DiagnosticCommand.run("GC.heap_info");
    return info == null ? null : parse(info);
  }

  static HeapRange parse(String info) {
    long from = -1;
    long to = -1;
    for (Matcher found = ADDRESSES.matcher(info); found.find(); ) {
      long low = Long.parseUnsignedLong(found.group(1), 16);
      String end = found.group(3) == null ? found.group(2) : found.group(3);
      long high = Long.parseUnsignedLong(end, 16);
      from = from < 0 ? low : Math.min(from, low);
      to = Math.max(to, high);
    }
    return from < 0 || to <= from ? null : new HeapRange(from, to);
  }

  /** The one run of anonymous ranges that is as long as the heap is reserved, or null. */
  static HeapRange guess(List<MappedRange> ranges, long reserved) {
    HeapRange found = null;
    long from = -1;
    long to = -1;
    for (MappedRange range : ranges) {
      // Objects archived for class data sharing are mapped into the heap from a file.
      if (!range.isAnonymous() && !range.name().endsWith(".jsa")) {
        to = -1;
        continue;
      }
      if (range.from() != to) {
        from = range.from();
      }
      to = range.to();
      if (reserved > 0 && to - from == reserved) {
        if (found != null) {
          return null;
        }
        found = new HeapRange(from, to);
      }
    }
    return found;
  }

  boolean holds(MappedRange range) {
    return range.from() >= from && range.from() < to;
  }
}
