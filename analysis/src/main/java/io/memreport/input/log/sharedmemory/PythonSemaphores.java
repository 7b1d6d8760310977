// SPDX-License-Identifier: Apache-2.0
package io.memreport.input.log.sharedmemory;

import io.memreport.input.log.event.SharedMemoryDraft;
import io.memreport.input.log.line.LogLine;

/** Python's multiprocessing makes its locks by sem_open, and names that only in the trace. */
final class PythonSemaphores {
  static final String LOCK = "_multiprocessing.SemLock";
  private static final int WITHIN_LINES = 6;

  private long seen = -WITHIN_LINES;

  /** What the line adds to a trace that stands close before it, or null. */
  SharedMemoryMention in(LogLine line) {
    if (line.has(LOCK)) {
      seen = line.number();
      return null;
    }
    boolean error = line.has("OSError: ") || line.has("PermissionError: ");
    if (!error || line.number() - seen > WITHIN_LINES) {
      return null;
    }
    SystemError found = SystemError.in(line.text(), 0, line.text().length());
    int start = line.text().indexOf("Error: ");
    return found == null
        ? null
        : new SharedMemoryMention(
            start, found.end(), new SharedMemoryDraft("Python", "sem_open", found.name()));
  }

  /** Whether the line behind is wanted. */
  boolean isOpen(long lineNumber) {
    return lineNumber - seen < WITHIN_LINES;
  }
}
