// SPDX-License-Identifier: Apache-2.0
package io.memreport.recorder.memory;

import io.memreport.recorder.event.MemreportEvent;
import io.memreport.recorder.heap.DiagnosticCommand;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What HotSpot counts of its own memory, if it was started with -XX:NativeMemoryTracking. */
final class NativeMemoryTracking {
  private static final Pattern GC = Pattern.compile("\\bGC \\(reserved=\\d+KB, committed=(\\d+)KB");

  private boolean off;

  /** Bytes committed for the collector's own tables, or unknown. */
  long gcCommitted() {
    String summary = off ? null : DiagnosticCommand.run("VM.native_memory summary");
    long bytes = summary == null ? MemreportEvent.UNKNOWN : parse(summary);
    // It can't be switched on later.
    off = bytes == MemreportEvent.UNKNOWN;
    return bytes;
  }

  static long parse(String summary) {
    Matcher found = GC.matcher(summary);
    return found.find() ? Long.parseLong(found.group(1)) << 10 : MemreportEvent.UNKNOWN;
  }
}
